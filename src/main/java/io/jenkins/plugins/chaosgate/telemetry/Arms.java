package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.Arm;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import java.util.Optional;

/** Whose requests a threshold counts. */
final class Arms {
    private Arms() {}

    /** The canary's where the service is its own, unless the threshold says otherwise; empty means all of the service's. */
    static Optional<Workloads> of(ServiceThreshold threshold, Scene scene) {
        boolean canarysOwn = scene.canaryServices().contains(threshold.of());
        return switch (threshold.arm().orElse(canarysOwn ? Arm.CANARY : Arm.ALL)) {
            case CANARY -> Optional.of(scene.canary());
            case STABLE -> Optional.of(scene.stable());
            case ALL -> Optional.empty();
        };
    }
}

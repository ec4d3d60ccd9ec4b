package io.jenkins.plugins.chaosgate.gate.port;

import io.jenkins.plugins.chaosgate.experiment.Arm;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What an experiment's words mean in the cluster at hand.
 *
 * @param canary the canary's workloads
 * @param stable the stable version's workloads; may be empty
 * @param canaryServices the services that the canary's pods are behind
 * @param injectionPoints one for each fault of the experiment, in its order; where the fault cannot be placed (a
 *     finding says why) the list is empty
 * @param routing how calls are routed before anything is changed
 * @param pods the canary's pods before anything is changed
 */
public record Scene(
        Workloads canary,
        Workloads stable,
        Set<ServiceName> canaryServices,
        List<InjectionPoint> injectionPoints,
        Routing routing,
        CanaryPods pods) {

    /** Nothing could be found out: the cluster did not answer. */
    public static final Scene UNKNOWN = new Scene(Workloads.NONE, Workloads.NONE, Set.of(), List.of());

    public Scene {
        Objects.requireNonNull(canary, "canary");
        Objects.requireNonNull(stable, "stable");
        Objects.requireNonNull(routing, "routing");
        Objects.requireNonNull(pods, "pods");
        canaryServices = Set.copyOf(canaryServices);
        injectionPoints = List.copyOf(injectionPoints);
    }

    /** A scene whose pods are not watched. */
    public Scene(
            Workloads canary,
            Workloads stable,
            Set<ServiceName> canaryServices,
            List<InjectionPoint> injectionPoints,
            Routing routing) {
        this(canary, stable, canaryServices, injectionPoints, routing, CanaryPods.NONE);
    }

    /** A scene whose routing is not watched either. */
    public Scene(
            Workloads canary, Workloads stable, Set<ServiceName> canaryServices, List<InjectionPoint> injectionPoints) {
        this(canary, stable, canaryServices, injectionPoints, Routing.UNKNOWN);
    }

    /** The same with the routing that was found. */
    public Scene withRouting(Routing found) {
        return new Scene(canary, stable, canaryServices, injectionPoints, found, pods);
    }

    /** The same with the pods that were found. */
    public Scene withPods(CanaryPods found) {
        return new Scene(canary, stable, canaryServices, injectionPoints, routing, found);
    }

    /**
     * Whose requests a threshold counts: the canary's where the service is its own, unless the threshold says otherwise.
     * Empty means all that the service answers.
     */
    public Optional<Workloads> judgedBy(ServiceThreshold threshold) {
        boolean canarysOwn = canaryServices.contains(threshold.of());
        return switch (threshold.arm().orElse(canarysOwn ? Arm.CANARY : Arm.ALL)) {
            case CANARY -> Optional.of(canary);
            case STABLE -> Optional.of(stable);
            case ALL -> Optional.empty();
        };
    }
}

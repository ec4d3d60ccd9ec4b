package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;

/** What readings of all kinds of thresholds on a service have in common. */
final class ServiceReadings {

    private ServiceReadings() {}

    /** Not one request was counted. */
    static NoData noTraffic(ServiceThreshold threshold, Window window) {
        return new NoData(
                Why.NO_TRAFFIC,
                "no request to " + threshold.of() + " was counted from " + window.from() + " to " + window.to());
    }
}

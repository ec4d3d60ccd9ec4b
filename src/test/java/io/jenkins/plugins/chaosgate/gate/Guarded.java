package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import java.util.Map;

/** An experiment with a guard, two thresholds and short times. */
final class Guarded {

    /** Warm-up 10 s, watch 60 s, interval 5 s, missing data 20 s, lease 30 s. */
    static final Experiment EXPERIMENT = ExperimentReader.read(
            "guarded.yaml",
            """
            name: guarded
            target: {namespace: bookinfo, canary: {app: reviews, version: v2}}
            faults:
              - httpAbort: {to: ratings, status: 500}
            steadyState:
              - failedRequests: {of: reviews, max: 10, per: 1m}
              - errorRate: {of: reviews, max: 5%}
            watch: {warmup: 10s, duration: 60s, interval: 5s, recovery: 30s, missingData: 20s, minUnderFault: 60s}
            """,
            Map.of());

    private Guarded() {}
}

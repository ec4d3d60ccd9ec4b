package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

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
            watch: {warmup: 10s, duration: 60s, interval: 5s, recovery: 30s, missingData: 20s}
            """,
            Map.of());

    /** The same with nothing behind the fault. */
    static final Experiment UNGUARDED = EXPERIMENT.withGuard(new Guard(Guard.Kind.NONE, Guard.DEFAULT.lease()));

    /** The same without a fault. */
    static final Experiment CONTROL_RUN = new Experiment(
            EXPERIMENT.name(),
            EXPERIMENT.target(),
            EXPERIMENT.mechanism(),
            false,
            List.of(),
            EXPERIMENT.steadyState(),
            EXPERIMENT.watch());

    /** The same with a threshold that is judged sample by sample. */
    static final Experiment ALLOWING_TWO_BREACHES = new Experiment(
            EXPERIMENT.name(),
            EXPERIMENT.target(),
            EXPERIMENT.mechanism(),
            false,
            EXPERIMENT.faults(),
            List.of(new PromQl("queue", "queue", new Judging(Bounds.atMost(1), OptionalDouble.empty(), 2))),
            EXPERIMENT.watch());

    private Guarded() {}
}

package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.gate.port.Question.HurtBeside;
import io.jenkins.plugins.chaosgate.gate.port.Question.InjectedBy;
import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.telemetry.dialect.MetricDialect;

/** Turns questions on services and faults into counters, and counters into readings. Pure. */
final class CounterReadings {
    private final MetricDialect dialect;

    CounterReadings(MetricDialect dialect) {
        this.dialect = dialect;
    }

    /** @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where the dialect cannot put it in series */
    CounterQuestion injected(InjectedBy question) {
        return new InjectionReadings(dialect).injected(question);
    }

    /** @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where the dialect cannot put it in series */
    CounterQuestion beside(HurtBeside question) {
        return new InjectionReadings(dialect).beside(question);
    }

    /**
     * @param threshold that of the question
     * @throws io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer where the dialect cannot put it in series
     */
    CounterQuestion service(ServiceThreshold threshold, ValueOf question) {
        return threshold instanceof Latency latency
                ? new LatencyReadings(dialect, latency, question).question()
                : new RequestReadings(dialect, threshold, question).question();
    }
}

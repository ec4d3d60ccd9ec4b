package io.jenkins.plugins.chaosgate.pipeline.step;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.gate.GateSnapshot.ThresholdRecord;
import io.jenkins.plugins.chaosgate.gate.PodState;
import io.jenkins.plugins.chaosgate.report.PodsResult;
import io.jenkins.plugins.chaosgate.report.ThresholdResult;
import io.jenkins.plugins.chaosgate.verdict.Limits;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** How one threshold did under the fault, for a pipeline to read. */
public final class ThresholdOutcome implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String title;
    private final String state;
    private final String limit;
    private final Double worst;
    private final int observations;
    private final int breaches;

    private ThresholdOutcome(String title, String state, String limit, Double worst, int observations, int breaches) {
        this.title = title;
        this.state = state;
        this.limit = limit;
        this.worst = worst;
        this.observations = observations;
        this.breaches = breaches;
    }

    static ThresholdOutcome of(ThresholdRecord threshold, GateSnapshot snapshot) {
        ThresholdResult result = ThresholdResult.of(threshold, snapshot);
        return new ThresholdOutcome(
                threshold.threshold().title(),
                result.state().name(),
                Limits.words(threshold.threshold()),
                result.worst().map(Observation::value).orElse(null),
                result.observed(),
                result.breaches());
    }

    /** The canary's pods among the thresholds; their breaches are 1 where they broke their limits. */
    static ThresholdOutcome of(PodsResult pods) {
        boolean isBroken = pods.state() == ThresholdResult.State.VIOLATED;
        return new ThresholdOutcome(PodState.TITLE, pods.state().name(), pods.limit(), null, 0, isBroken ? 1 : 0);
    }

    /** What people call it: {@code failed requests of reviews}. */
    @Whitelisted
    public String getTitle() {
        return title;
    }

    /** {@code HELD}, {@code VIOLATED} or {@code NOT_JUDGED}. */
    @Whitelisted
    public String getState() {
        return state;
    }

    /** {@code at most 10 in 1m}. */
    @Whitelisted
    public String getLimit() {
        return limit;
    }

    /** The value furthest towards, or beyond, the limit, in the threshold's own unit; null where none was seen. */
    @Whitelisted
    public Double getWorst() {
        return worst;
    }

    /** How many looks showed a value. */
    @Whitelisted
    public int getObservations() {
        return observations;
    }

    /** How many of those broke the limit. */
    @Whitelisted
    public int getBreaches() {
        return breaches;
    }

    @Whitelisted
    @Override
    public String toString() {
        return title + ": " + state;
    }
}

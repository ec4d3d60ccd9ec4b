package io.jenkins.plugins.chaosgate.pipeline.step;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import io.jenkins.plugins.chaosgate.report.PodsResult;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code chaosExperiment} returns to a pipeline. Nothing in it can be changed, and all of it may be read in a sandbox. */
public final class GateResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String verdict;
    private final String reason;
    private final String reportUrl;
    private final ArrayList<ThresholdOutcome> thresholds;
    private final LinkedHashMap<String, Long> timings;

    GateResult(Verdict verdict, GateSnapshot snapshot, String reportUrl) {
        this.verdict = verdict.kind().name();
        this.reason = verdict.reason();
        this.reportUrl = reportUrl;
        this.thresholds = new ArrayList<>(snapshot.thresholds().stream()
                .map(threshold -> ThresholdOutcome.of(threshold, snapshot))
                .toList());
        PodsResult.of(snapshot).map(ThresholdOutcome::of).ifPresent(thresholds::add);
        this.timings = timings(snapshot.timings());
    }

    private static LinkedHashMap<String, Long> timings(GateSnapshot.Timings timings) {
        LinkedHashMap<String, Long> all = new LinkedHashMap<>();
        put(all, "injectMillis", timings.injectMillis());
        put(all, "detectMillis", timings.detectMillis());
        put(all, "rollbackMillis", timings.rollbackMillis());
        put(all, "recoveryMillis", timings.recoveryMillis());
        return all;
    }

    private static void put(Map<String, Long> all, String name, OptionalLong millis) {
        all.put(name, millis.isPresent() ? millis.getAsLong() : null);
    }

    /** {@code PASSED}, {@code VIOLATED}, {@code INCONCLUSIVE}, {@code ABORTED} or {@code ROLLBACK_FAILED}. */
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    /** Whether the canary may be promoted. */
    @Whitelisted
    public boolean isPassed() {
        return Verdict.Kind.PASSED.name().equals(verdict);
    }

    /** Why, in words and numbers. */
    @Whitelisted
    public String getReason() {
        return reason;
    }

    /** Each threshold, in the experiment's order. */
    @Whitelisted
    public List<ThresholdOutcome> getThresholds() {
        return new ArrayList<>(thresholds);
    }

    /** {@code injectMillis}, {@code detectMillis}, {@code rollbackMillis}, {@code recoveryMillis}; null where it did not happen. */
    @Whitelisted
    public Map<String, Long> getTimings() {
        return new LinkedHashMap<>(timings);
    }

    /** Where the gate's page is: an address, or a path where Jenkins does not know its own address. */
    @Whitelisted
    public String getReportUrl() {
        return reportUrl;
    }

    @Whitelisted
    @Override
    public String toString() {
        return verdict + ": " + reason;
    }
}

package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What one threshold's observations come to. Immutable: each observation gives a new one. */
sealed interface Judgement permits SampleJudgement, LimitJudgement, RatioJudgement, WindowJudgement, JointJudgement {

    /**
     * After one more observation.
     *
     * @param at when the gate looked, not before the last look
     */
    Judgement observed(Instant at, Observation observation);

    /** What can be said now, while the gate may go on looking. */
    Decision decision();

    /** What can be said if nobody looks again. */
    Conclusion conclusion();

    /** The numbers behind it beside the limit; one line, to follow the threshold's title. Needs an observation. */
    String words();

    /** How many requests it takes at least before the threshold can be said to hold; empty where none are counted. */
    OptionalLong needed();

    /** The burstiness by which an early pass divides what was counted. */
    Burstiness burstiness();

    /**
     * Before the first observation.
     *
     * @param since when the counting begins
     * @param seen how bursty bad requests were so far
     */
    static Judgement begin(Threshold threshold, Instant since, Confidence confidence, Burstiness seen) {
        if (Decide.of(threshold) == Decide.EVERY_SAMPLE) {
            return SampleJudgement.begin(threshold);
        }
        List<Judgement> all = new ArrayList<>();
        if (threshold.judging().bounds().max().isPresent()) {
            all.add(
                    threshold instanceof FailedRequests failed
                            ? WindowJudgement.begin(failed, since, confidence, seen)
                            : LimitJudgement.begin(threshold, confidence, seen));
        }
        threshold
                .judging()
                .maxRatio()
                .ifPresent(ratio ->
                        all.add(RatioJudgement.begin(ratio, threshold.judging().burstiness(), confidence, seen)));
        return all.size() == 1 ? all.get(0) : new JointJudgement(all);
    }
}

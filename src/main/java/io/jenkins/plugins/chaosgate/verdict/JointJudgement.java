package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Several limits of one threshold, all of which must be kept.
 *
 * @param all at least one
 */
record JointJudgement(List<Judgement> all) implements Judgement {

    JointJudgement {
        all = List.copyOf(all);
    }

    @Override
    public JointJudgement observed(Instant at, Observation observation) {
        return new JointJudgement(
                all.stream().map(each -> each.observed(at, observation)).toList());
    }

    @Override
    public Decision decision() {
        if (all.stream().anyMatch(each -> each.decision() == Decision.VIOLATED)) {
            return Decision.VIOLATED;
        }
        return all.stream().allMatch(each -> each.decision() == Decision.HOLDS) ? Decision.HOLDS : Decision.CONTINUE;
    }

    /** The worst of them: violated before too little, before unclear, before held. */
    @Override
    public Conclusion conclusion() {
        return List.of(Conclusion.VIOLATED, Conclusion.TOO_LITTLE, Conclusion.UNCLEAR).stream()
                .filter(one -> all.stream().anyMatch(each -> each.conclusion() == one))
                .findFirst()
                .orElse(Conclusion.HELD);
    }

    @Override
    public String words() {
        return all.stream().map(Judgement::words).collect(Collectors.joining("; and "));
    }

    @Override
    public OptionalLong needed() {
        return all.stream()
                .map(Judgement::needed)
                .flatMapToLong(OptionalLong::stream)
                .max();
    }

    @Override
    public Burstiness burstiness() {
        return all.stream().map(Judgement::burstiness).reduce(Burstiness.NONE, Burstiness::max);
    }
}

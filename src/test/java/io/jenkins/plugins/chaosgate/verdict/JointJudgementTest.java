package io.jenkins.plugins.chaosgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of several limits the worst one decides. */
class JointJudgementTest {

    /** Stands as it is, whatever is observed. */
    private record Standing(Decision decision, Conclusion conclusion, OptionalLong needed) implements Judgement {
        @Override
        public Judgement observed(Instant at, Observation observation) {
            return this;
        }

        @Override
        public String words() {
            return conclusion.name();
        }
    }

    private static JointJudgement of(Decision one, Decision other) {
        return new JointJudgement(List.of(
                new Standing(one, Conclusion.HELD, OptionalLong.empty()),
                new Standing(other, Conclusion.HELD, OptionalLong.empty())));
    }

    @ParameterizedTest
    @CsvSource({
        "HOLDS, HOLDS, HOLDS",
        "HOLDS, CONTINUE, CONTINUE",
        "CONTINUE, CONTINUE, CONTINUE",
        "HOLDS, VIOLATED, VIOLATED",
        "VIOLATED, CONTINUE, VIOLATED"
    })
    void isDecidedAsTheWorstOne(Decision one, Decision other, Decision joint) {
        assertThat(of(one, other).decision()).isEqualTo(joint);
        assertThat(of(other, one).decision()).isEqualTo(joint);
    }

    @ParameterizedTest
    @CsvSource({
        "HELD, HELD, HELD",
        "HELD, UNCLEAR, UNCLEAR",
        "TOO_LITTLE, UNCLEAR, TOO_LITTLE",
        "TOO_LITTLE, VIOLATED, VIOLATED"
    })
    void concludesAsTheWorstOne(Conclusion one, Conclusion other, Conclusion joint) {
        Judgement first = new Standing(Decision.CONTINUE, one, OptionalLong.empty());
        Judgement second = new Standing(Decision.CONTINUE, other, OptionalLong.empty());
        assertThat(new JointJudgement(List.of(first, second)).conclusion()).isEqualTo(joint);
        assertThat(new JointJudgement(List.of(second, first)).words()).isEqualTo(other + "; and " + one);
    }

    @Test
    void needsAsManyRequestsAsTheOneThatNeedsMost() {
        Judgement few = new Standing(Decision.CONTINUE, Conclusion.TOO_LITTLE, OptionalLong.of(30));
        Judgement many = new Standing(Decision.CONTINUE, Conclusion.TOO_LITTLE, OptionalLong.of(300));
        assertThat(new JointJudgement(List.of(many, few)).needed()).hasValue(300);
    }
}

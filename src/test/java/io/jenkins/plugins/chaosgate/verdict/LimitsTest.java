package io.jenkins.plugins.chaosgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Webhook;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final ServiceName REVIEWS = new ServiceName("reviews", "bookinfo");
    private static final OptionalDouble NONE = OptionalDouble.empty();

    private static PromQl number(Bounds bounds, OptionalDouble maxRatio) {
        return new PromQl("x", "q", new Judging(bounds, maxRatio, 0));
    }

    @Test
    void bothEndsBelongToTheRange() {
        PromQl threshold = number(new Bounds(OptionalDouble.of(1), OptionalDouble.of(5)), NONE);
        assertThat(Limits.hold(threshold, 1, NONE)).isTrue();
        assertThat(Limits.hold(threshold, 5, NONE)).isTrue();
        assertThat(Limits.hold(threshold, 0.999, NONE)).isFalse();
        assertThat(Limits.hold(threshold, 5.001, NONE)).isFalse();
        assertThat(Limits.hold(threshold, Double.NaN, NONE)).isFalse();
    }

    @Test
    void aComparisonWithoutAStableValueDoesNotHold() {
        PromQl threshold = number(Bounds.NONE, OptionalDouble.of(2));
        assertThat(Limits.hold(threshold, 4, OptionalDouble.of(2))).isTrue();
        assertThat(Limits.hold(threshold, 4.1, OptionalDouble.of(2))).isFalse();
        assertThat(Limits.hold(threshold, 0, NONE)).isFalse();
        assertThat(Limits.hold(number(Bounds.atMost(3), OptionalDouble.of(2)), 4, OptionalDouble.of(2)))
                .isFalse();
    }

    @Test
    void limitsInWords() {
        Judging ten = Judging.by(Bounds.atMost(10));
        assertThat(Limits.words(new FailedRequests("f", REVIEWS, Optional.empty(), Duration.ofMinutes(1), ten)))
                .isEqualTo("at most 10 in 1m");
        assertThat(Limits.words(new ErrorRate(
                        "e",
                        REVIEWS,
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        new Judging(Bounds.atMost(0.01), OptionalDouble.of(1.5), 0))))
                .isEqualTo("at most 1 %, at most 1.5 × stable");
        assertThat(Limits.words(number(new Bounds(OptionalDouble.of(0.25), OptionalDouble.of(1234.4)), NONE)))
                .isEqualTo("at least 0.25, at most 1234");
        assertThat(Limits.words(new Webhook("w", URI.create("http://x/y"), Judging.by(Bounds.atLeast(1)))))
                .isEqualTo("answers 2xx");
    }

    @Test
    void valuesInWords() {
        ErrorRate threshold =
                new ErrorRate("e", REVIEWS, Optional.empty(), Duration.ofMinutes(1), Judging.by(Bounds.atMost(0.01)));
        Observation one = new Observation(Instant.EPOCH, 0.2083, OptionalLong.of(1), OptionalDouble.of(0), false);
        assertThat(Limits.words(threshold, one)).isEqualTo("20.8 % (1 request), stable 0 %");
    }
}

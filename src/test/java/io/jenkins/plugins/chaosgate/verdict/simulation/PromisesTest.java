package io.jenkins.plugins.chaosgate.verdict.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of the sequential tests, held by simulation: limit 1 %, 10 requests/s, polls each 5 s for 10 minutes. */
class PromisesTest {

    private static final double LIMIT = 0.01;
    private static final long SEED = 42;

    private static Outcomes gates(double share, double phi, int number) {
        Rule rule = new LimitRule("ours", LIMIT, Confidence.DEFAULT, Optional.of(new Burstiness(phi)));
        Scenario scenario =
                Scenario.untilStopped(new Traffic(10, share, phi), Duration.ofSeconds(5), Duration.ofMinutes(10));
        return Simulation.run(scenario, List.of(rule), number, SEED).get(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3})
    void atMostOneInAHundredIsWronglyStoppedAtTheLimit(double phi) {
        assertThat(gates(LIMIT, phi, 2_000).stopped()).isLessThanOrEqualTo(0.01);
    }

    @Tag("bench")
    @ParameterizedTest
    @ValueSource(doubles = {1, 3})
    void atMostOneInAHundredIsWronglyStoppedAtTheLimitOfHundredThousand(double phi) {
        assertThat(gates(LIMIT, phi, 100_000).stopped()).isLessThanOrEqualTo(0.01);
    }

    @Test
    void fiveTimesTheLimitIsFoundInFifteenSeconds() {
        Outcomes outcomes = gates(5 * LIMIT, 1, 2_000);
        assertThat(outcomes.stopped()).isEqualTo(1);
        assertThat(outcomes.stoppedWithin(0.5).orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void twiceTheLimitIsFoundInHundredAndFiftySeconds() {
        Outcomes outcomes = gates(2 * LIMIT, 1, 2_000);
        assertThat(outcomes.stopped()).isGreaterThan(0.996);
        assertThat(outcomes.stoppedWithin(0.5).orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(150));
    }

    private static final Watch WATCH = new Watch(
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    /** As an experiment that says nothing of bursts decides, by the gate's own state. */
    private static Outcomes asGated(double share, double phi, int number) {
        ErrorRate threshold = new ErrorRate(
                "error rate",
                new ServiceName("reviews", "bookinfo"),
                Optional.empty(),
                Duration.ofMinutes(1),
                Judging.by(Bounds.atMost(LIMIT)));
        Traffic traffic = new Traffic(10, share, phi);
        Scenario scenario =
                new Scenario(traffic, traffic, WATCH.interval(), WATCH.warmup(), WATCH.duration(), Duration.ofHours(1));
        return Simulation.run(scenario, List.of(new ThresholdRule(threshold, WATCH)), number, SEED)
                .get(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 3})
    void aGateThatKnowsNothingOfBurstsStandsThem(double phi) {
        assertThat(asGated(LIMIT, phi, 1_000).stopped()).isLessThanOrEqualTo(0.015);
    }

    @Tag("bench")
    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 3})
    void aGateThatKnowsNothingOfBurstsStandsThemHundredThousandTimes(double phi) {
        assertThat(asGated(LIMIT, phi, 100_000).stopped()).isLessThanOrEqualTo(0.01);
    }

    @Test
    void aGateThatKnowsNothingOfBurstsIsHardlySlower() {
        Outcomes fiveTimes = asGated(5 * LIMIT, 1, 1_000);
        assertThat(fiveTimes.stopped()).isEqualTo(1);
        assertThat(fiveTimes.stoppedWithin(0.5).orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(20));
        assertThat(asGated(2 * LIMIT, 1, 1_000).stoppedWithin(0.5).orElseThrow())
                .isLessThanOrEqualTo(Duration.ofSeconds(165));
    }

    private static Outcomes passingEarly(double limit, Traffic.Bursts bursts, double phi, int seconds, int number) {
        Rule rule = new LimitRule("nothing known", limit, Confidence.DEFAULT, Optional.empty());
        Traffic traffic = new Traffic(10, limit, phi, bursts);
        Scenario scenario = new Scenario(
                traffic,
                traffic,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ZERO);
        return Simulation.run(scenario, List.of(rule), number, SEED).get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, NEGATIVE_BINOMIAL, 3",
        "0.1, NEGATIVE_BINOMIAL, 10",
        "0.1, BATCHES, 10",
        "0.02, NEGATIVE_BINOMIAL, 10",
        "0.02, BATCHES, 10"
    })
    void aGateThatMayPassEarlyKeepsBothPromisesUnderBursts(double limit, Traffic.Bursts bursts, double phi) {
        Outcomes outcomes = passingEarly(limit, bursts, phi, 5, 800);
        assertThat(outcomes.passedEarly()).as("beta").isLessThanOrEqualTo(0.05);
        assertThat(outcomes.stopped()).as("alpha").isLessThanOrEqualTo(0.015);
    }

    @Tag("bench")
    @ParameterizedTest
    @CsvSource({
        "0.1, NEGATIVE_BINOMIAL, 10, 1", "0.1, BATCHES, 10, 1", "0.1, BATCHES, 10, 5", "0.05, BATCHES, 10, 5",
        "0.05, BATCHES, 3, 1", "0.02, BATCHES, 10, 1", "0.01, NEGATIVE_BINOMIAL, 10, 5", "0.01, BATCHES, 10, 1"
    })
    void aGateThatMayPassEarlyKeepsBothPromisesTwentyThousandTimes(
            double limit, Traffic.Bursts bursts, double phi, int seconds) {
        Outcomes outcomes = passingEarly(limit, bursts, phi, seconds, 20_000);
        assertThat(outcomes.passedEarly()).as("beta").isLessThanOrEqualTo(0.05);
        assertThat(outcomes.stopped()).as("alpha").isLessThanOrEqualTo(0.01);
    }
}

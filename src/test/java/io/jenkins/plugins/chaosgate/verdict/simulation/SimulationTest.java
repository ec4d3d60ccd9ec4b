package io.jenkins.plugins.chaosgate.verdict.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Rule OURS = new LimitRule("ours", 0.01, Confidence.DEFAULT, Optional.of(Burstiness.NONE));

    private static Rule decides(Decision decision) {
        return new Rule() {
            @Override
            public String name() {
                return decision.name();
            }

            @Override
            public Judge begin(List<Count> warmup) {
                return poll -> decision;
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"10, 0.01, 1", "10, 0.01, 3", "1000, 0.3, 1", "200, 0.05, 8"})
    void trafficHasTheShareAndTheBurstsThatWereAskedFor(double perSecond, double share, double phi) {
        Traffic traffic = new Traffic(perSecond, share, phi);
        SplittableRandom random = new SplittableRandom(1);
        SummaryStatistics bad = new SummaryStatistics();
        SummaryStatistics total = new SummaryStatistics();
        for (int i = 0; i < 20_000; i++) {
            Count poll = traffic.poll(INTERVAL, random);
            bad.addValue(poll.surelyBad());
            total.addValue(poll.total());
        }
        assertThat(total.getMean() / 5).isCloseTo(perSecond, within(0.01 * perSecond));
        assertThat(bad.getMean() / total.getMean()).isCloseTo(share, within(0.05 * share));
        assertThat(bad.getVariance() / bad.getMean()).isCloseTo(phi, within(0.1 * phi));
    }

    @Test
    void trafficMayBeAllGoodOrAllBad() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(new Traffic(10, 0, 3).poll(INTERVAL, random).surelyBad()).isZero();
        Count bad = new Traffic(100, 1, 1).poll(INTERVAL, random);
        assertThat(bad.surelyBad()).isPositive().isEqualTo(bad.total());
    }

    @Test
    void theSameSeedGivesTheSameGatesWhateverOtherRulesLook() {
        Scenario scenario = Scenario.untilStopped(new Traffic(10, 0.03, 1), INTERVAL, WINDOW);
        Outcomes alone = Simulation.run(scenario, List.of(OURS), 200, 3).get(0);
        assertThat(Simulation.run(scenario, List.of(decides(Decision.VIOLATED), OURS), 200, 3))
                .element(1)
                .isEqualTo(alone);
        assertThat(Simulation.run(scenario, List.of(OURS), 200, 4).get(0)).isNotEqualTo(alone);
    }

    @Test
    void timesAreThoseOfThePolls() {
        Traffic traffic = new Traffic(10, 0, 1);
        Scenario scenario = new Scenario(traffic, traffic, INTERVAL, Duration.ZERO, WINDOW, Duration.ofSeconds(12));
        List<Outcomes> outcomes = Simulation.run(
                scenario,
                List.of(decides(Decision.VIOLATED), decides(Decision.HOLDS), decides(Decision.CONTINUE)),
                9,
                1);
        assertThat(outcomes.get(0).stopped()).isEqualTo(1);
        assertThat(outcomes.get(0).stoppedWithin(0.5)).contains(INTERVAL);
        assertThat(outcomes.get(1).passedEarly()).isEqualTo(1);
        assertThat(outcomes.get(1).passedWithin(1)).contains(Duration.ofSeconds(15));
        assertThat(outcomes.get(2).stoppedWithin(0.1)).isEmpty();
        assertThat(outcomes.get(2).endedInconclusive()).isZero();
    }

    @Test
    void aGateWithTooLittleTrafficIsInconclusive() {
        Outcomes outcomes = Simulation.run(
                        Scenario.untilStopped(new Traffic(1, 0, 1), INTERVAL, WINDOW), List.of(OURS), 50, 1)
                .get(0);
        assertThat(outcomes.endedInconclusive()).isEqualTo(1);
    }

    @Test
    void aHealthyCanaryPassesEarly() {
        Traffic traffic = new Traffic(100, 0.0001, 1);
        List<Outcomes> outcomes = Simulation.run(
                new Scenario(traffic, traffic, INTERVAL, WINDOW, WINDOW, Duration.ofSeconds(10)),
                List.of(OURS, new LimitRule("nothing known", 0.01, Confidence.DEFAULT, Optional.empty())),
                300,
                1);
        assertThat(outcomes.get(0).passedWithin(0.9)).contains(Duration.ofSeconds(10));
        assertThat(outcomes.get(1).passedWithin(0.9)).contains(Duration.ofSeconds(45));
        assertThat(outcomes.get(0).stopped()).isZero();
    }

    @Test
    void refusesWhatCannotBePlayed() {
        Traffic traffic = new Traffic(1, 0, 1);
        assertThatThrownBy(() -> new Traffic(0, 0, 1)).hasMessageContaining("rate above 0");
        assertThatThrownBy(() -> new Traffic(1, 1.5, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Traffic(1, 0.5, 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scenario.untilStopped(traffic, WINDOW, INTERVAL))
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> Scenario.untilStopped(traffic, Duration.ZERO, INTERVAL))
                .hasMessageContaining("interval above 0");
        assertThatThrownBy(() -> new Scenario(traffic, traffic, INTERVAL, INTERVAL.negated(), WINDOW, WINDOW))
                .hasMessageContaining("no negative");
        Scenario scenario = Scenario.untilStopped(traffic, INTERVAL, WINDOW);
        assertThatThrownBy(() -> Simulation.run(scenario, List.of(OURS), 0, 1))
                .hasMessageContaining("at least one gate");
        Outcomes outcomes = Simulation.run(scenario, List.of(OURS), 1, 1).get(0);
        assertThatThrownBy(() -> outcomes.stoppedWithin(0)).hasMessageContaining("share above 0");
    }
}

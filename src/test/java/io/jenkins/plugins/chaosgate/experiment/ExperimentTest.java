package io.jenkins.plugins.chaosgate.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the model itself does not let be. */
class ExperimentTest {

    private static final Fault FAULT = new HttpAbort(
            new Scope(
                    Map.of(),
                    new ServiceName("ratings", "bookinfo"),
                    OptionalInt.empty(),
                    Map.of(),
                    Percentage.ALL,
                    OptionalInt.empty()),
            500);

    private static Experiment experiment(List<Fault> faults, boolean controlRun) {
        return new Experiment(
                "x",
                new Target("bookinfo", Map.of("app", "reviews"), Map.of()),
                Mechanism.ENVOY_FILTER,
                false,
                Guard.DEFAULT,
                WhenBusy.DEFAULT,
                faults,
                controlRun,
                List.of(new PromQl("up", "up", Judging.by(Bounds.atMost(1)))),
                PodLimits.DEFAULT,
                Watch.DEFAULT,
                CanaryRollback.NONE);
    }

    @Test
    void aControlRunIsOneThatSaysSoAndHasNoFaults() {
        assertThat(experiment(List.of(), true).isControlRun()).isTrue();
        assertThat(experiment(List.of(FAULT), false).isControlRun()).isFalse();
        assertThatThrownBy(() -> experiment(List.of(), false))
                .hasMessage("an experiment without faults must be a control run");
        assertThatThrownBy(() -> experiment(List.of(FAULT), true)).hasMessage("a control run has no faults");
    }

    @Test
    void whatIsAskedOfPodsCanBe() {
        assertThat(new PodLimits(0, 0).minReady()).isZero();
        assertThatThrownBy(() -> new PodLimits(-1, 1)).hasMessageContaining("0 restarts or more, but found -1");
        for (double share : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> new PodLimits(0, share)).hasMessageContaining("a share of ready pods from 0 to 1");
        }
    }

    @Test
    void withoutAnEarlyPassTheLeastTimeUnderTheFaultIsTheWholeOne() {
        Duration minute = Duration.ofMinutes(1);
        Duration second = Duration.ofSeconds(1);
        assertThat(new Watch(second, minute, second, second, second, false, second, 0.01, 0.05).minUnderFault())
                .isEqualTo(minute);
        assertThat(new Watch(second, minute, second, second, second, true, second, 0.01, 0.05).minUnderFault())
                .isEqualTo(second);
    }
}

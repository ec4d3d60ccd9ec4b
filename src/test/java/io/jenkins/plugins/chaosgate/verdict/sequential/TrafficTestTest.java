package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.chaosgate.verdict.sequential.TrafficTest.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.Well512a;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficTestTest {

    private static final double ALPHA = 0.01;
    private static final int WARMUP = 10;
    private static final double CANARY = 10;
    private static final double OTHERS = 90;
    private static final DoubleUnaryOperator STEADY = time -> 1;

    /** Ten minutes or more of traffic, look by look; time 0 is when the fault goes in. */
    private record Load(DoubleUnaryOperator canary, DoubleUnaryOperator others, int batch, int interval) {

        List<TrafficLook> looks(int from, int to, Well512a random) {
            List<TrafficLook> looks = new ArrayList<>();
            for (int at = from; at < to; at += interval) {
                looks.add(new TrafficLook(
                        draw(CANARY * canary.applyAsDouble(at), random),
                        Duration.ofSeconds(interval),
                        others == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(draw(OTHERS * others.applyAsDouble(at), random))));
            }
            return looks;
        }

        private long draw(double perSecond, Well512a random) {
            double batches = perSecond * interval / batch;
            return batches < 1e-9 ? 0 : batch * (long) new PoissonDistribution(random, batches, 1e-12, 10_000).sample();
        }
    }

    /** The state that was found first, other than steady, and when; steady and −1 if none was. */
    private record Found(State state, int after) {
        static Found in(Load load, int seconds, Well512a random) {
            TrafficTest test = TrafficTest.begin(load.looks(-WARMUP, 0, random), TrafficTest.LEAST, ALPHA);
            int at = 0;
            for (TrafficLook look : load.looks(0, seconds, random)) {
                at += load.interval;
                test = test.plus(look);
                if (test.state() != State.STEADY) {
                    return new Found(test.state(), at);
                }
            }
            return new Found(State.STEADY, -1);
        }
    }

    private static double falseAlarms(Load load, int seconds, int gates) {
        Well512a random = new Well512a(42);
        int alarms = 0;
        for (int i = 0; i < gates; i++) {
            alarms += Found.in(load, seconds, random).state == State.STEADY ? 0 : 1;
        }
        return (double) alarms / gates;
    }

    private static DoubleUnaryOperator shape(String name, double phase) {
        return switch (name) {
            case "steady" -> STEADY;
            case "halved" -> time -> time < 60 ? 1 : 0.5;
            case "waves" -> time -> 1 + 0.5 * Math.sin(2 * Math.PI * (time / 120 + phase));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static void assertNoFalseAlarms(String name, int batch, int interval, int gates) {
        SplittableRandom phases = new SplittableRandom(7);
        double sum = 0;
        for (int phase = 0; phase < 4; phase++) {
            DoubleUnaryOperator shape = shape(name, phases.nextDouble());
            sum += falseAlarms(new Load(shape, shape, batch, interval), 600, gates / 4) / 4;
        }
        assertThat(sum).as(name).isLessThanOrEqualTo(ALPHA);
    }

    @ParameterizedTest
    @CsvSource({
        "steady, 1, 1",
        "steady, 10, 1",
        "steady, 1, 5",
        "steady, 10, 5",
        "halved, 1, 1",
        "halved, 10, 1",
        "waves, 1, 1",
        "waves, 1, 5"
    })
    void whatGoesOnIsNoCollapse(String name, int batch, int interval) {
        assertNoFalseAlarms(name, batch, interval, 400);
    }

    private static int medianUntil(State state, Load load, int stop, int gates) {
        Well512a random = new Well512a(42);
        List<Integer> times = new ArrayList<>();
        for (int i = 0; i < gates; i++) {
            Found found = Found.in(load, stop + 600, random);
            assertThat(found.state).isEqualTo(state);
            times.add(found.after - stop);
        }
        times.sort(null);
        return times.get(gates / 2);
    }

    private static DoubleUnaryOperator until(int stop, double rest) {
        return time -> time < stop ? 1 : rest;
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 10", "60, 1, 10", "3600, 1, 10", "3600, 10, 200"})
    void aCanaryThatGetsNothingMoreIsFoundWithinSeconds(int stop, int batch, int within) {
        Load load = new Load(until(stop, 0), STEADY, batch, 1);
        assertThat(medianUntil(State.COLLAPSED_ELSEWHERE, load, stop, 20)).isBetween(2, within);
    }

    @Test
    void oneThatGetsATenthIsFoundToo() {
        Load load = new Load(until(60, 0.1), STEADY, 1, 1);
        assertThat(medianUntil(State.COLLAPSED_ELSEWHERE, load, 60, 40)).isBetween(2, 40);
    }

    @Test
    void whereTheLoadItselfStopsTheCanaryIsNotToBlame() {
        for (double rest : new double[] {0, 0.02, 0.1}) {
            Load load = new Load(until(60, rest), until(60, rest), 1, 1);
            assertThat(medianUntil(State.COLLAPSED_LOAD, load, 60, 40)).isLessThanOrEqualTo(40);
        }
    }

    @Test
    void withoutOthersNobodyCanTellWhereItWent() {
        Load load = new Load(until(60, 0), null, 1, 1);
        assertThat(medianUntil(State.COLLAPSED_LOAD, load, 60, 20)).isLessThanOrEqualTo(12);
    }

    @Test
    void aCanaryThatGetsNothingWhileTheLoadFallsIsToBlame() {
        Load load = new Load(until(60, 0), until(60, 0.3), 1, 1);
        Well512a random = new Well512a(1);
        TrafficTest test = TrafficTest.begin(load.looks(-WARMUP, 0, random), TrafficTest.LEAST, ALPHA);
        for (TrafficLook look : load.looks(0, 120, random)) {
            test = test.plus(look);
        }
        assertThat(test.state()).isEqualTo(State.COLLAPSED_ELSEWHERE);
        assertThat(test.newest().seen()).isZero();
        assertThat(test.newest().expected()).isBetween(500.0, 800.0);
        assertThat(test.newest().lasting()).isBetween(Duration.ofSeconds(58), Duration.ofSeconds(62));
        assertThat(test.newest().othersSeen().getAsLong()).isBetween(1_400L, 1_900L);
        assertThat(test.newest().othersExpected().getAsDouble()).isBetween(4_800.0, 6_000.0);
    }

    @Test
    void trafficThatComesBackIsSteadyAgain() {
        Well512a random = new Well512a(1);
        Load load = new Load(time -> time >= 60 && time < 80 ? 0 : 1, STEADY, 1, 1);
        TrafficTest test = TrafficTest.begin(load.looks(-WARMUP, 0, random), TrafficTest.LEAST, ALPHA);
        List<State> states = new ArrayList<>();
        for (TrafficLook look : load.looks(0, 120, random)) {
            test = test.plus(look);
            states.add(test.state());
        }
        assertThat(states.subList(0, 60)).containsOnly(State.STEADY);
        assertThat(states.get(79)).isEqualTo(State.COLLAPSED_ELSEWHERE);
        assertThat(states.subList(90, 120)).containsOnly(State.STEADY);
    }

    @Test
    void whereTheFaultSlowsTheSendersDownOnlySilenceCounts() {
        Well512a random = new Well512a(1);
        Load load = new Load(time -> time < 0 ? 1 : time < 300 ? 0.1 : 0, STEADY, 1, 1);
        TrafficTest test = TrafficTest.begin(load.looks(-WARMUP, 0, random), 0.03, ALPHA);
        List<State> states = new ArrayList<>();
        for (TrafficLook look : load.looks(0, 500, random)) {
            test = test.plus(look);
            states.add(test.state());
        }
        assertThat(states.subList(0, 300)).containsOnly(State.STEADY);
        assertThat(states.get(499)).isEqualTo(State.COLLAPSED_ELSEWHERE);
    }

    @Test
    void withoutTrafficBeforeThereIsNothingToCollapse() {
        TrafficLook none = new TrafficLook(0, Duration.ofSeconds(1), OptionalLong.of(90));
        TrafficTest test = TrafficTest.begin(List.of(none, none), TrafficTest.LEAST, ALPHA);
        for (int i = 0; i < 1000; i++) {
            test = test.plus(none);
        }
        assertThat(test.state()).isEqualTo(State.STEADY);
        assertThat(TrafficTest.begin(List.of(), TrafficTest.LEAST, ALPHA)
                        .plus(none)
                        .state())
                .isEqualTo(State.STEADY);
    }

    @Test
    void refusesWhatIsNoTraffic() {
        assertThatThrownBy(() -> new TrafficLook(-1, Duration.ofSeconds(1), OptionalLong.empty()))
                .hasMessageContaining("0 requests or more");
        assertThatThrownBy(() -> new TrafficLook(1, Duration.ZERO, OptionalLong.empty()))
                .hasMessageContaining("time above 0");
        assertThatThrownBy(() -> TrafficTest.begin(List.of(), 1, ALPHA)).hasMessageContaining("least and alpha");
    }

    @Tag("bench")
    @ParameterizedTest
    @CsvSource({
        "steady, 1, 1",
        "steady, 10, 1",
        "steady, 10, 5",
        "halved, 1, 1",
        "halved, 10, 1",
        "waves, 1, 1",
        "waves, 10, 1"
    })
    void whatGoesOnIsNoCollapseTenThousandTimes(String name, int batch, int interval) {
        assertNoFalseAlarms(name, batch, interval, 10_000);
    }
}

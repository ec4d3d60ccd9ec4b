package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which share of its calls a fault meets at a proxy. */
class ProxyReachTest {
    private static final OptionalDouble UNKNOWN = OptionalDouble.empty();
    private static final OptionalDouble ALL = OptionalDouble.of(1);

    private Instant now = Instant.EPOCH;
    private long affected;
    private long calls;

    /** After one more look, which showed so many more. */
    private ProxyReach look(ProxyReach reach, long more, long of) {
        Instant last = now;
        now = now.plusSeconds(1);
        affected += more;
        calls += of;
        return reach.after(last, now, affected, calls);
    }

    private ProxyReach looks(ProxyReach reach, int times, long more, long of) {
        ProxyReach next = reach;
        for (int i = 0; i < times; i++) {
            next = look(next, more, of);
        }
        return next;
    }

    @Test
    void aProxyWithoutCallsLacksNothing() {
        assertThat(look(ProxyReach.NONE, 0, 0).lacksFault(ALL)).isFalse();
    }

    @Test
    void aProxyWhoseNewestCallsAllGoThroughLacksTheFault() {
        ProxyReach reach = look(ProxyReach.NONE, 0, 4);
        assertThat(reach.lacksFault(ALL)).isTrue();
        assertThat(look(reach, 4, 4).lacksFault(ALL)).isFalse();
    }

    @Test
    void whatMeetsFewCallsIsGivenTheTimeToMeetOne() {
        assertThat(look(ProxyReach.NONE, 0, 10).lacksFault(OptionalDouble.of(0.1)))
                .isFalse();
        assertThat(look(ProxyReach.NONE, 0, 100).lacksFault(OptionalDouble.of(0.1)))
                .isTrue();
        assertThat(look(ProxyReach.NONE, 0, 100).lacksFault(UNKNOWN)).isFalse();
    }

    @Test
    void aFaultThatNoLongerMeetsAnyCallHasDropped() {
        ProxyReach reach = looks(ProxyReach.NONE, 30, 10, 10);
        assertThat(reach.drop(ALL)).isEmpty();
        assertThat(look(reach, 0, 10).drop(ALL))
                .as("a few calls may take another way")
                .isEmpty();
        ProxyReach dropped = looks(reach, 3, 0, 10);
        assertThat(dropped.drop(ALL)).get().satisfies(drop -> {
            assertThat(drop.affected()).isZero();
            assertThat(drop.since()).isBetween(now.minusSeconds(5), now);
        });
        assertThat(dropped.drop(UNKNOWN)).as("beside the share before").isPresent();
    }

    @Test
    void aFaultThatMeetsFewerThanAskedForIsNotWhatWasAskedFor() {
        assertThat(looks(ProxyReach.NONE, 30, 2, 10).drop(ALL)).isPresent();
        assertThat(looks(ProxyReach.NONE, 30, 2, 10).drop(UNKNOWN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 0.5, 0.9, 1})
    void chanceIsNoDrop(double share) {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            now = Instant.EPOCH;
            affected = 0;
            calls = 0;
            ProxyReach reach = ProxyReach.NONE;
            for (int second = 0; second < 300; second++) {
                long met = random.ints(10, 0, 1_000_000)
                        .filter(number -> number < share * 1_000_000)
                        .count();
                reach = look(reach, met, 10);
                assertThat(reach.drop(OptionalDouble.of(share)))
                        .as("seed " + seed + ", second " + second)
                        .isEmpty();
                assertThat(reach.drop(UNKNOWN)).as("seed " + seed).isEmpty();
            }
            assertThat(reach.steps()).hasSizeLessThanOrEqualTo(64);
        }
    }

    @Test
    void whereOnlyAffectedCallsAreCountedNoShareIsKnown() {
        ProxyReach reach = ProxyReach.NONE;
        for (int i = 1; i < 50; i++) {
            reach = reach.after(now, now.plusSeconds(1), 10L * i, 0);
            now = now.plusSeconds(1);
        }
        assertThat(reach.lacksFault(ALL)).isFalse();
        assertThat(reach.drop(ALL)).isEmpty();
    }
}

package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.gate.port.ProxyCalls;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whether faults meet the calls that they are to meet, at every proxy and to the end. */
class FaultReachTest {
    private static final Instant IN = Instant.EPOCH;
    private static final List<Fault> ALL_CALLS =
            List.of(abort(Percentage.ALL, OptionalInt.empty(), Map.of(), OptionalInt.empty()));

    private static Fault abort(
            Percentage percentage, OptionalInt port, Map<String, String> headers, OptionalInt maxActive) {
        ServiceName ratings = new ServiceName("ratings", "bookinfo");
        return new HttpAbort(new Scope(Map.of(), ratings, port, headers, percentage, maxActive), 500);
    }

    private static Reading met(ProxyCalls... proxies) {
        return new Reading.Value(IN, 1, OptionalLong.empty(), Optional.empty(), List.of(proxies));
    }

    private static FaultReach after(FaultReach reach, int second, ProxyCalls... proxies) {
        return reach.after(IN.plusSeconds(second), Map.of(0, met(proxies)));
    }

    /** Ten calls a second at a proxy, of which the fault meets all for so long, and then none. */
    private static FaultReach reach(List<Fault> faults, int meetsAll, int meetsNone) {
        FaultReach reach = FaultReach.fresh(faults, IN);
        for (int second = 1; second <= meetsAll + meetsNone; second++) {
            reach = after(reach, second, new ProxyCalls("v2-a", 10L * Math.min(second, meetsAll), 10L * second));
        }
        return reach;
    }

    @Test
    void namesTheProxiesThatLackAFault() {
        FaultReach reach = after(
                FaultReach.fresh(ALL_CALLS, IN),
                1,
                new ProxyCalls("v2-c", 0, 5),
                new ProxyCalls("v2-b", 5, 5),
                new ProxyCalls("v2-a", 0, 5));
        assertThat(reach.lacking()).isEqualTo(Map.of(0, List.of("v2-a", "v2-c")));
        FaultReach later = after(reach, 2, new ProxyCalls("v2-c", 5, 10), new ProxyCalls("v2-a", 5, 10));
        assertThat(later.lacking()).isEmpty();
    }

    @Test
    void everyFaultIsLookedAtByItself() {
        List<Fault> two = List.of(
                ALL_CALLS.get(0), abort(new Percentage(500_000), OptionalInt.empty(), Map.of(), OptionalInt.empty()));
        FaultReach reach = FaultReach.fresh(two, IN)
                .after(
                        IN.plusSeconds(1),
                        Map.of(
                                0, met(new ProxyCalls("v2-a", 0, 4)),
                                1, met(new ProxyCalls("v2-a", 0, 4), new ProxyCalls("v2-b", 0, 40))));
        assertThat(reach.lacking())
                .as("four calls in a row that half a fault misses are chance")
                .isEqualTo(Map.of(0, List.of("v2-a"), 1, List.of("v2-b")));
    }

    @Test
    void aFaultThatEndsAtOneProxyHasDropped() {
        assertThat(reach(ALL_CALLS, 30, 0).dropped()).isEmpty();
        assertThat(reach(ALL_CALLS, 30, 5).dropped())
                .get()
                .asString()
                .startsWith("the fault no longer works as it should: since 1970-01-01T00:00:")
                .contains(" calls to ratings.bookinfo at the proxy v2-a, where 100 % were asked for");
    }

    @Test
    void whereTheProxyHasNoNameItIsNotNamed() {
        FaultReach reach = after(FaultReach.fresh(ALL_CALLS, IN), 1, new ProxyCalls("", 0, 100));
        assertThat(reach.dropped()).get().asString().contains("it met 0 of 100 calls", "at the proxies, where");
    }

    @Test
    void whereHeadersOrACapOrAPortDecideOnlyTheShareBeforeTells() {
        List<Fault> scoped = List.of(
                abort(Percentage.ALL, OptionalInt.empty(), Map.of("x-tester", "a"), OptionalInt.empty()),
                abort(Percentage.ALL, OptionalInt.empty(), Map.of(), OptionalInt.of(2)),
                abort(Percentage.ALL, OptionalInt.of(9080), Map.of(), OptionalInt.empty()));
        for (Fault fault : scoped) {
            FaultReach never = reach(List.of(fault), 0, 30);
            assertThat(never.lacking()).as(fault.describe("bookinfo")).isEmpty();
            assertThat(never.dropped()).isEmpty();
            assertThat(reach(List.of(fault), 30, 10).dropped())
                    .get()
                    .asString()
                    .endsWith("at the proxy v2-a, far fewer than before");
        }
    }

    @Test
    void callsBeforeTheFirstLookAreNoDropWhereTheNextLookIsTheBase() {
        FaultReach reach = FaultReach.fromNextLook(ALL_CALLS, IN);
        reach = after(reach, 1);
        assertThat(reach.isBase()).as("a look without any proxy is no base").isTrue();
        reach = after(reach, 2, new ProxyCalls("v2-a", 0, 100));
        assertThat(reach.dropped()).isEmpty();
        assertThat(reach.isBase()).isFalse();
        assertThat(after(reach, 3, new ProxyCalls("v2-a", 0, 200)).dropped())
                .get()
                .asString()
                .contains("since 1970-01-01T00:00:02Z it met 0 of 100 calls");
    }

    @Test
    void aProxyThatComesLaterIsCountedFromItsFirstCallOn() {
        FaultReach reach = after(FaultReach.fromNextLook(ALL_CALLS, IN), 1, new ProxyCalls("v2-a", 10, 10));
        reach = after(reach, 2, new ProxyCalls("v2-a", 20, 20), new ProxyCalls("v2-b", 0, 100));
        assertThat(reach.dropped()).get().asString().contains("it met 0 of 100 calls", "the proxy v2-b");
    }

    @Test
    void whatCouldNotBeCountedIsAsBefore() {
        FaultReach before = reach(ALL_CALLS, 30, 0);
        FaultReach blind = before.after(IN.plusSeconds(31), Map.of(0, new NoData(Why.TIMED_OUT, "10 s")));
        assertThat(blind.proxies()).isEqualTo(before.proxies());
        assertThat(blind.last()).isEqualTo(IN.plusSeconds(31));
    }

    @Test
    void theCallsThatAreAffectedAreThoseOfTheFaultThatMetMost() {
        Reading few = new Reading.Value(IN, 3, OptionalLong.empty());
        Reading many = new Reading.Value(IN, 8, OptionalLong.empty());
        Reading none = new NoData(Why.NO_SERIES, "none");
        assertThat(FaultReach.affected(Map.of(0, few, 1, many, 2, none))).hasValue(8);
        assertThat(FaultReach.affected(Map.of(0, none))).isEmpty();
    }
}

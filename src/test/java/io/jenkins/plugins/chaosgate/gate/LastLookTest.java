package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is looked at right before a pass. */
class LastLookTest {
    private static final String EXPERIMENT =
            """
            name: last look
            target: {namespace: bookinfo, canary: {app: reviews, version: v2}}
            faults: [{httpAbort: {to: ratings, status: 500}}]
            steadyState: [%s]
            watch:
              {warmup: 10s, duration: 60s, interval: 5s, missingData: 20s, earlyPass: true, minUnderFault: %s}
            """;

    private final VirtualClock clock = new VirtualClock();

    private Verdict run(String threshold, String minUnderFault, FakeMesh mesh, FakeMetrics metrics) {
        Experiment experiment =
                ExperimentReader.read("last-look.yaml", EXPERIMENT.formatted(threshold, minUnderFault), Map.of());
        GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "a test", experiment.watch());
        return clock.turnUntil(new Gate(experiment, ticket, mesh, metrics, clock, event -> {}, new FakeJournal(clock))
                .run()
                .toCompletableFuture());
    }

    @Test
    void anEarlyPassNeedsAllKindsOfRoutesToBeAsTheyWere() {
        for (String kind : List.of("VirtualService", "DestinationRule")) {
            FakeMesh mesh = new FakeMesh(clock);
            mesh.routingChanged = Optional.of(kind + " bookinfo/reviews was changed");
            mesh.routingChangedFor = (place, in) -> place.kind().equals(kind) && in.toSeconds() >= 41;
            Verdict verdict = run(
                    "{errorRate: {of: reviews, max: 1%, burstiness: 1}}", "30s", mesh, new FakeMetrics(clock, mesh));
            assertThat(verdict.reason())
                    .isEqualTo("the experiment was disturbed: " + kind + " bookinfo/reviews was changed");
            assertThat(mesh.timeIn()).as("the look that could have passed").isEqualTo(Duration.ofSeconds(41));
        }
    }

    /** Requests of 7 s ago are the newest that Prometheus knows of; of these, the ones after a second under the fault fail. */
    private Verdict scrapedLate(String minUnderFault, int failAfter) {
        FakeMesh mesh = new FakeMesh(clock);
        FakeMetrics metrics = new FakeMetrics(clock, mesh);
        metrics.instead = question -> {
            if (!(question instanceof Question.ValueOf) || !mesh.hurts()) {
                return null;
            }
            long known = Math.max(1, mesh.timeIn().toSeconds() - 7);
            long failed = known >= failAfter ? 20 : 0;
            Counted counted = Counted.of(Count.of(failed, 10 * known)).within(new FailedInAnyWindow(failed, failed));
            return new Reading.Value(
                    clock.now().minusSeconds(7), failed, OptionalLong.of(10 * known), Optional.of(counted));
        };
        return run("{failedRequests: {of: reviews, max: 10, per: 1m, burstiness: 1}}", minUnderFault, mesh, metrics);
    }

    @Test
    void whatFailedRightBeforeTheEndIsWaitedFor() {
        Verdict verdict = scrapedLate("60s", 57);
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).contains("20 (");
    }

    @Test
    void aPassAtTheEndComesAsSoonAsAllUpToItIsKnown() {
        Verdict verdict = scrapedLate("60s", 1000);
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(verdict.reason()).contains("held for 71 s");
    }

    @Test
    void anEarlyPassHasSeenAllOfTheLeastTimeToo() {
        assertThat(scrapedLate("30s", 1000).reason()).contains("held for 41 s");
        assertThat(scrapedLate("30s", 29).kind()).isEqualTo(Verdict.Kind.VIOLATED);
    }
}

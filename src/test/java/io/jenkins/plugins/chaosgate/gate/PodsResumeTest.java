package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.memory.GateLog;
import io.jenkins.plugins.chaosgate.gate.memory.GateMemory;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was known of the canary's pods outlives the controller, by the gate's log. */
class PodsResumeTest {

    private static final Pod ONE = Pods.ready("reviews-v2-one");
    private static final CanaryPods HEALTHY = Pods.of(ONE);

    private final VirtualClock clock = new VirtualClock();
    private final FakeMesh mesh = new FakeMesh(clock);
    private final FakeMetrics metrics = new FakeMetrics(clock, mesh);
    private final FakeJournal journal = new FakeJournal(clock);
    private final GateTicket ticket =
            GateTicket.beginning(clock.now(), "7f3a", "https://ci/job/1/", Guarded.EXPERIMENT.watch());

    /** What a controller wrote down that died in the middle of the watch. */
    private List<GateEvent> interrupted() {
        int moments = 1;
        while (true) {
            PodsResumeTest world = new PodsResumeTest();
            world.mesh.pods = time -> HEALTHY;
            Controller controller = world.begin(moments++);
            long looks = controller.log().stream()
                    .filter(event -> event instanceof GateEvent.Observed seen && seen.phase() == PhaseName.WATCH)
                    .count();
            if (looks == 3) {
                mesh.pods = time -> HEALTHY;
                return begin(moments - 1).log();
            }
        }
    }

    private Controller begin(int lifetime) {
        Controller controller = new Controller(clock, lifetime, List.of());
        controller.run(life -> new Gate(
                Guarded.EXPERIMENT,
                ticket,
                life.using(mesh),
                life.using(metrics),
                life.clock(),
                life::hear,
                life.using(journal)));
        return controller;
    }

    private Verdict resume(List<GateEvent> log) {
        Controller controller = new Controller(clock, Controller.NEVER, log);
        GateMemory past = new GateMemory(ticket, Guarded.EXPERIMENT, log);
        return controller
                .run(life -> Gate.resume(
                        past, life.using(mesh), life.using(metrics), life.clock(), life::hear, life.using(journal)))
                .orElseThrow();
    }

    @Test
    void aGateThatGoesOnPassesWithPodsThatAreStillTheSame() {
        assertThat(resume(interrupted()).kind()).isEqualTo(Verdict.Kind.PASSED);
    }

    @Test
    void whatEndedWhileTheControllerWasAwayIsSeenByWhatItHadWrittenDown() {
        List<GateEvent> log = interrupted();
        Instant away = clock.now();
        mesh.pods = time -> Pods.of(Pods.ended(ONE, "reviews", "OOMKilled", 137, away));
        Verdict verdict = resume(log);
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).contains("reviews-v2-one restarted (reviews: OOMKilled, exit code 137)");
    }

    @Test
    void whatWasReplacedWhileTheControllerWasAwayIsNotJudged() {
        List<GateEvent> log = interrupted();
        mesh.pods = time -> Pods.of(Pods.ofTemplate(Pods.ready("reviews-v2-new"), "9f00"));
        Verdict verdict = resume(log);
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("replaced", "7d4b", "9f00");
    }

    @Test
    void theLogKeepsWhatWasSeenOfThePods(@TempDir Path folder) throws IOException {
        GateEvent seen = new GateEvent.PodsSeen(
                clock.now(),
                new CanaryPods(List.of(Pods.deleted(ONE, clock.now(), "EvictionByEvictionAPI")), List.of(Pods.ENTRY)));
        List<GateEvent> events = new ArrayList<>(interrupted());
        events.add(seen);
        Path file = folder.resolve("gate.log");
        try (GateLog log = GateLog.begin(file, ticket, Guarded.EXPERIMENT)) {
            events.forEach(log::on);
        }
        assertThat(GateMemory.read(file).events()).isEqualTo(events);
        assertThat(GateMemory.read(file)
                        .snapshot()
                        .pods()
                        .orElseThrow()
                        .changed()
                        .orElseThrow())
                .contains("reviews-v2-one was deleted at", "EvictionByEvictionAPI");
    }
}

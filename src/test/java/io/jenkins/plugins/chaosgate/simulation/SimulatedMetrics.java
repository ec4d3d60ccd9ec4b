package io.jenkins.plugins.chaosgate.simulation;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Numbers of a service with 10 requests a second, that depend on what the proxies really do. */
final class SimulatedMetrics implements MetricSource {

    /** What there is to see. */
    enum Canary {
        /** It answers well even when its dependency fails. */
        HEALTHY,
        /** Each request that is hurt fails. */
        BROKEN,
        /** Nobody calls it once the warm-up is over, so nothing is hurt. */
        IDLE,
        /** Prometheus falls silent some time after the warm-up. */
        SILENT
    }

    private static final Duration LATENCY = Duration.ofMillis(40);
    private static final int PER_SECOND = 10;

    private final GateClock clock;
    private final SimulatedMesh mesh;
    private final Canary canary;
    private final Instant troubleAt;

    /** @param troubleAt when an idle canary's traffic, or a silent Prometheus, ends */
    SimulatedMetrics(GateClock clock, SimulatedMesh mesh, Canary canary, Instant troubleAt) {
        this.clock = clock;
        this.mesh = mesh;
        this.canary = canary;
        this.troubleAt = troubleAt;
    }

    @Override
    public CompletionStage<List<Finding>> check(Experiment experiment, Scene scene) {
        return clock.after(LATENCY).thenApply(waited -> List.of(Finding.ok("prometheus", "it answers")));
    }

    @Override
    public CompletionStage<List<Reading>> read(List<Question> questions) {
        Instant asked = clock.now();
        return clock.after(LATENCY).thenApply(waited -> questions.stream()
                .map(question -> answer(question, asked))
                .toList());
    }

    private Reading answer(Question question, Instant asked) {
        boolean over = !asked.isBefore(troubleAt);
        if (canary == Canary.SILENT && over) {
            return new Reading.NoData(Reading.Why.UNAVAILABLE, "connection refused");
        }
        Window asks = question.window();
        Window window = canary == Canary.IDLE && over
                ? new Window(asks.from(), asks.from().isAfter(troubleAt) ? asks.from() : troubleAt)
                : asks;
        if (question instanceof Question.InjectedBy) {
            return number(asked, requests(mesh.hurt(window)));
        }
        if (question instanceof Question.HurtBeside) {
            return number(asked, 0);
        }
        return counted((Question.ValueOf) question, window, asked);
    }

    private Reading counted(Question.ValueOf question, Window window, Instant asked) {
        long requests = requests(window.length());
        if (requests == 0) {
            return new Reading.NoData(Reading.Why.NO_TRAFFIC, "0 requests");
        }
        long failed = Math.min(requests, failed(window));
        Counted counted = Counted.of(Count.of(failed, requests));
        if (question.threshold() instanceof FailedRequests threshold) {
            Instant reach = window.to().minus(threshold.per());
            long recently = failed(new Window(reach.isAfter(window.from()) ? reach : window.from(), window.to()));
            return new Reading.Value(
                    asked,
                    recently,
                    OptionalLong.of(requests),
                    Optional.of(counted.within(new FailedInAnyWindow(recently, recently))));
        }
        return new Reading.Value(asked, (double) failed / requests, OptionalLong.of(requests), Optional.of(counted));
    }

    private long failed(Window window) {
        return canary == Canary.BROKEN ? requests(mesh.hurt(window)) : 0;
    }

    private static long requests(Duration time) {
        return time.toMillis() * PER_SECOND / 1000;
    }

    private static Reading number(Instant asked, long number) {
        return new Reading.Value(asked, number, OptionalLong.of(number));
    }
}

package io.jenkins.plugins.chaosgate.gate;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Telemetry of a service that gets 10 requests a second, all of them good, unless a test says otherwise. */
public final class FakeMetrics implements MetricSource {

    public final List<Finding> findings = new ArrayList<>();
    /** Every question that was asked. */
    public final List<Question> asked = new ArrayList<>();
    /** How many of 10 requests a second fail, given whether a fault is in. */
    public Function<Boolean, Double> failuresPerSecond = hurt -> 0.0;
    /** Answers a question in another way; null: as usual. */
    public Function<Question, Reading> instead = question -> null;
    /** Answers a whole batch in another way; null: as usual. */
    public Function<List<Question>, CompletionStage<List<Reading>>> batch = questions -> null;
    /** How many requests a second the fault hurts. */
    public double hurtPerSecond = 10;

    private final GateClock clock;
    private final FakeMesh mesh;

    public FakeMetrics(GateClock clock, FakeMesh mesh) {
        this.clock = clock;
        this.mesh = mesh;
    }

    @Override
    public CompletionStage<List<Finding>> check(Experiment experiment, Scene scene) {
        return CompletableFuture.completedFuture(findings);
    }

    @Override
    public CompletionStage<List<Reading>> read(List<Question> questions) {
        asked.addAll(questions);
        CompletionStage<List<Reading>> other = batch.apply(questions);
        return other != null
                ? other
                : CompletableFuture.completedFuture(
                        questions.stream().map(this::answer).toList());
    }

    private Reading answer(Question question) {
        Reading other = instead.apply(question);
        if (other != null) {
            return other;
        }
        double seconds = seconds(question.window());
        if (question instanceof Question.InjectedBy) {
            return value(mesh.hurts() ? Math.floor(hurtPerSecond * seconds) : 0, seconds);
        }
        if (question instanceof Question.HurtBeside) {
            return value(0, seconds);
        }
        return counted((Question.ValueOf) question, failuresPerSecond.apply(mesh.hurts()), seconds);
    }

    private Reading counted(Question.ValueOf question, double perSecond, double seconds) {
        long requests = Math.round(10 * seconds);
        long failed = Math.min(requests, (long) Math.floor(perSecond * seconds));
        Counted counted = Counted.of(Count.of(failed, requests));
        if (question.threshold() instanceof FailedRequests threshold) {
            long inWindow = (long)
                    Math.floor(perSecond * Math.min(seconds, threshold.per().toSeconds()));
            return new Reading.Value(
                    clock.now(),
                    inWindow,
                    OptionalLong.of(requests),
                    Optional.of(counted.within(new FailedInAnyWindow(inWindow, inWindow))));
        }
        return requests == 0
                ? new Reading.NoData(Reading.Why.NO_TRAFFIC, "0 requests")
                : new Reading.Value(
                        clock.now(), (double) failed / requests, OptionalLong.of(requests), Optional.of(counted));
    }

    private Reading value(double value, double seconds) {
        return new Reading.Value(clock.now(), value, OptionalLong.of(Math.round(10 * seconds)));
    }

    private static double seconds(Window window) {
        return Duration.between(window.from(), window.to()).toMillis() / 1000.0;
    }
}

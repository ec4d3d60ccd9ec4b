package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Gates that decide by all requests counted so far. */
class GateSequentialTest extends GateAmongFakes {

    private static final Threshold ERROR_RATE = new ErrorRate(
            "error rate of reviews",
            new ServiceName("reviews", "bookinfo"),
            Optional.empty(),
            Duration.ofMinutes(1),
            new Judging(
                    Bounds.atMost(0.01),
                    OptionalDouble.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.of(1),
                    OptionalLong.empty()));

    private static Experiment watching(Threshold threshold, Duration minUnderFault) {
        Experiment plain = experiment(Judging.by(Bounds.atMost(10)), true);
        Watch watch = new Watch(
                WATCH.warmup(),
                WATCH.duration(),
                WATCH.interval(),
                WATCH.recovery(),
                WATCH.missingData(),
                true,
                minUnderFault,
                WATCH.alpha(),
                WATCH.beta());
        return new Experiment(
                "talk", plain.target(), Mechanism.ENVOY_FILTER, false, plain.faults(), List.of(threshold), watch);
    }

    @Test
    void anErrorRateIsViolatedAsSoonAsItIsCertain() {
        experiment = watching(ERROR_RATE, WATCH.minUnderFault());
        metrics.failuresPerSecond = hurt -> hurt ? 0.6 : 0.0;
        Verdict verdict = run();
        assertThat(verdict)
                .isEqualTo(Verdict.violated(
                        "error rate of reviews: 5.63 % (9 of 160 requests), limit 1 %, certain at 99 %,"
                                + " 16 s after the fault went in"));
        assertThat(mesh.timeIn()).isEqualTo(Duration.ofSeconds(16));
    }

    @Test
    void aFewFailuresBeforeTheFaultAreNoReasonNotToBegin() {
        experiment = watching(ERROR_RATE, WATCH.minUnderFault());
        metrics.failuresPerSecond = hurt -> hurt ? 0.0 : 0.2;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
    }

    @Test
    void whatSurelyHoldsPassesEarlyButNotBeforeTheLeastTime() {
        experiment = watching(ERROR_RATE, Duration.ofSeconds(30));
        Verdict early = run();
        assertThat(early.kind()).isEqualTo(Verdict.Kind.PASSED);
        // 375 requests are needed, 10 come each second.
        assertThat(early.reason()).contains("held for 41 s", "0 % (0 of 410 requests), limit 1 %, holds at 95 %");

        experiment = watching(ERROR_RATE, Duration.ofSeconds(50));
        assertThat(run().reason()).contains("held for 51 s");
    }

    @Test
    void whatSurelyHoldsIsWatchedToItsEndUnlessAnEarlyPassIsAskedFor() {
        Experiment asked = watching(ERROR_RATE, Duration.ofSeconds(30));
        Watch early = asked.watch();
        Watch whole = new Watch(
                early.warmup(),
                early.duration(),
                early.interval(),
                early.recovery(),
                early.missingData(),
                false,
                early.minUnderFault(),
                early.alpha(),
                early.beta());
        experiment = new Experiment(
                "talk", asked.target(), asked.mechanism(), false, asked.faults(), asked.steadyState(), whole);
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(verdict.reason()).contains("held for 61 s", "0 % (0 of 610 requests), limit 1 %, holds at 95 %");
    }

    @Test
    void anEarlyPassWaitsForTheClustersWordThatTheFaultIsIn() {
        experiment = watching(ERROR_RATE, Duration.ofSeconds(30));
        mesh.misbehave = call -> call.equals("look") ? new CompletableFuture<>() : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("has not told for");
    }

    @Test
    void tooLittleTrafficIsInconclusiveWithTheNumberThatWasNeeded() {
        experiment = watching(
                new ErrorRate(
                        "error rate of reviews",
                        new ServiceName("reviews", "bookinfo"),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        Judging.by(Bounds.atMost(0.001))),
                WATCH.minUnderFault());
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .isEqualTo("too little traffic: error rate of reviews: 0 % (0 of 610 requests), limit 0.1 %,"
                        + " 2995 needed to show it at 95 %");
    }

    @Test
    void tooLittleTrafficForTheTimeThereIsIsSaidBeforeTheFault() {
        experiment = watching(
                new ErrorRate(
                        "error rate of reviews",
                        new ServiceName("reviews", "bookinfo"),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        Judging.by(Bounds.atMost(0.001))),
                WATCH.minUnderFault());
        run();
        assertThat(history.snapshot().warnings())
                .first()
                .extracting(GateSnapshot.Warning::text)
                .isEqualTo("error rate of reviews needs 2995 requests, which come in 5m: too few for 1m;"
                        + " set a duration of at least that");
        assertThat(history.snapshot().findings())
                .extracting(Finding::text)
                .contains("error rate of reviews: needs 2995 requests in 1m");
    }

    @Test
    void aShareOverTheLimitThatIsNotCertainIsNoPass() {
        experiment = watching(ERROR_RATE, WATCH.minUnderFault());
        metrics.failuresPerSecond = hurt -> hurt ? 0.15 : 0.0;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .startsWith("it is not clear whether")
                .contains("1.48 % (9 of 610 requests), limit 1 %");
    }

    @Test
    void trafficThatDriesUpIsNotEnoughSeen() {
        experiment = watching(ERROR_RATE, WATCH.minUnderFault());
        metrics.instead = question -> question instanceof Question.ValueOf && mesh.hurts()
                ? new Reading.Value(clock.now(), 0, OptionalLong.of(350), Optional.of(Counted.of(Count.of(0, 350))))
                : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("nothing seen for 20 s, not one more request was counted");
    }

    @Test
    void aFewFailuresAfterTheFaultDoNotMakeAViolation() {
        experiment = watching(ERROR_RATE, WATCH.minUnderFault());
        long[] bad = {3};
        metrics.instead = question -> question instanceof Question.ValueOf && phases().contains(PhaseName.RECOVERY)
                ? new Reading.Value(
                        clock.now(),
                        bad[0] / 150.0,
                        OptionalLong.of(150),
                        Optional.of(Counted.of(Count.of(bad[0], 150))))
                : null;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(history.snapshot().timings().recoveryMillis().getAsLong()).isGreaterThanOrEqualTo(30_000);

        bad[0] = 30;
        Verdict broken = run();
        assertThat(broken.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(broken.reason()).contains("did not come back", "20 % (30 of 150 requests)");
    }

    @Test
    void aReportFoldsTheSameState() {
        experiment = watching(ERROR_RATE, WATCH.minUnderFault());
        metrics.failuresPerSecond = hurt -> hurt ? 0.6 : 0.0;
        Verdict verdict = run();
        GateSnapshot snapshot = history.snapshot();
        assertThat(verdict.reason())
                .startsWith(snapshot.judged(snapshot.thresholds().get(0)).words());
    }
}

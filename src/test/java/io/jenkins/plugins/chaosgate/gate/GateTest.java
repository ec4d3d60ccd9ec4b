package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Arm;
import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole gate, and what of its traffic counts. */
class GateTest extends GateAmongFakes {

    @Test
    void aCanaryThatHoldsPassesAndEverythingIsTakenOut() {
        Verdict verdict = run();
        GateSnapshot snapshot = history.snapshot();

        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(verdict.reason()).contains("held for 61 s", "hurt 610 requests", "at most 10 in 1m");
        assertThat(mesh.objects).isEmpty();
        assertThat(phases())
                .as("nothing was asked for the canary itself")
                .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.of(PhaseName.CANARY_ROLLBACK)));
        assertThat(snapshot.phases()).allMatch(span -> span.endedAt().isPresent());
        assertThat(snapshot.faults().get(0).injectedRequests()).hasValue(610);
        assertThat(snapshot.faults().get(0).injectedAt()).isPresent();
        assertThat(snapshot.faults().get(0).removedAt()).isPresent();
        assertThat(snapshot.timings().detectMillis()).hasValue(61_000);
        assertThat(snapshot.timings().rollbackMillis()).hasValue(0);
        assertThat(snapshot.timings().recoveryMillis()).isPresent();
        assertThat(snapshot.verdict()).contains(verdict);
    }

    @Test
    void aCanaryThatFailsIsStoppedEarlyAndTheFaultIsOutAtOnce() {
        metrics.failuresPerSecond = hurt -> hurt ? 5.0 : 0.0;
        Verdict verdict = run();

        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).startsWith("failed requests of reviews: 30 (60 requests), limit at most 10 in 1m");
        assertThat(mesh.timeIn()).isEqualTo(Duration.ofSeconds(6));
        assertThat(history.snapshot().timings().recoveryMillis()).isPresent();
    }

    @Test
    void theFirstLookUnderTheFaultDoesNotWaitForAnInterval() {
        metrics.failuresPerSecond = hurt -> hurt ? 100.0 : 0.0;
        run();
        assertThat(mesh.timeIn()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void onlyTheCanaryIsJudgedWhereTheServiceIsItsOwn() {
        run();
        assertThat(metrics.asked).filteredOn(Question.ValueOf.class::isInstance).allSatisfy(question -> assertThat(
                        ((Question.ValueOf) question).workloads())
                .hasValueSatisfying(workloads -> assertThat(workloads.names()).containsExactly("reviews-v2")));
    }

    @ParameterizedTest
    @EnumSource(Arm.class)
    void anArmChoosesWhoseRequestsCount(Arm arm) {
        FailedRequests plain = (FailedRequests) experiment.steadyState().get(0);
        FailedRequests armed =
                new FailedRequests(plain.title(), plain.of(), Optional.of(arm), plain.per(), plain.judging());
        experiment = new Experiment(
                "x", experiment.target(), Mechanism.ENVOY_FILTER, false, List.of(), List.of(armed), WATCH);
        run();
        Optional<List<String>> names =
                ((Question.ValueOf) metrics.asked.get(0)).workloads().map(workloads -> workloads.names());
        assertThat(names)
                .isEqualTo(
                        switch (arm) {
                            case CANARY -> Optional.of(List.of("reviews-v2"));
                            case STABLE -> Optional.of(List.of("reviews-v1"));
                            case ALL -> Optional.empty();
                        });
    }

    @Test
    void nothingBeforeTheFaultCountsUnderTheFault() {
        run();
        Instant in = history.snapshot().faults().get(0).injectedAt().orElseThrow();
        assertThat(metrics.asked)
                .filteredOn(question -> question.window().to().isAfter(in))
                .allSatisfy(question -> assertThat(question.window().from()).isAfterOrEqualTo(in))
                .isNotEmpty();
    }

    @Test
    void sequentialThresholdsAreCountedFromTheBeginningOfThePhase() {
        run();
        Instant in = history.snapshot().faults().get(0).injectedAt().orElseThrow();
        assertThat(metrics.asked)
                .filteredOn(Question.ValueOf.class::isInstance)
                .filteredOn(question -> question.window().from().equals(in))
                .extracting(question -> question.window().length())
                .contains(Duration.ofSeconds(1), Duration.ofSeconds(61));
    }

    @Test
    void samplesLookBackOverAWindowOfTheirOwnLength() {
        experiment = experiment(Judging.by(Bounds.atMost(10)).decided(Decide.EVERY_SAMPLE), true);
        run();
        assertThat(metrics.asked).filteredOn(Question.ValueOf.class::isInstance).allSatisfy(question -> assertThat(
                        question.window().length())
                .isLessThanOrEqualTo(Duration.ofMinutes(1)));
    }

    @Test
    void aControlRunWatchesAndHurtsNobody() {
        experiment = experiment(Judging.by(Bounds.atMost(10)), false);
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(verdict.reason()).contains("without a fault");
        // The guard stands behind the lock alone.
        assertThat(mesh.calls)
                .containsOnly("plan", "dryRunGuard", "injectGuard", "prolong", "rollbackGuard")
                .endsWith("rollbackGuard");
        assertThat(mesh.objects).isEmpty();
        assertThat(phases()).containsExactly(PhaseName.PREFLIGHT, PhaseName.LOCK, PhaseName.WARMUP, PhaseName.WATCH);
    }

    @Test
    void allowedBreachesAreAllowedAndNoMore() {
        experiment = experiment(new Judging(Bounds.atMost(10), OptionalDouble.empty(), 2), true);
        AtomicInteger looks = new AtomicInteger();
        metrics.instead = question -> question instanceof Question.ValueOf && mesh.hurts()
                ? new Reading.Value(clock.now(), looks.incrementAndGet() <= 2 ? 11 : 0, OptionalLong.of(100))
                : null;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);

        looks.set(-1);
        Verdict third = run();
        assertThat(third.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(third.reason()).contains("3 of 3 observations broke it, 2 may");
    }

    @Test
    void aComparisonNeedsTheStableVersionToo() {
        experiment = experiment(new Judging(Bounds.NONE, OptionalDouble.of(1.5), 0).decided(Decide.EVERY_SAMPLE), true);
        double[] canaryFailures = {15};
        metrics.instead = question -> {
            if (!(question instanceof Question.ValueOf value)) {
                return null;
            }
            boolean stable = value.workloads().orElseThrow().names().contains("reviews-v1");
            return new Reading.Value(
                    clock.now(), stable || !mesh.hurts() ? 10 : canaryFailures[0], OptionalLong.of(100));
        };
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);

        canaryFailures[0] = 16;
        Verdict worse = run();
        assertThat(worse.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(worse.reason()).contains("16 (100 requests), stable 10", "at most 1.5 × stable");

        metrics.instead = question -> question instanceof Question.ValueOf value
                        && value.workloads().orElseThrow().names().contains("reviews-v1")
                ? new Reading.NoData(Reading.Why.NO_SERIES, "none")
                : null;
        Verdict blind = run();
        assertThat(blind.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(blind.reason()).contains("stable version: none");
    }
}

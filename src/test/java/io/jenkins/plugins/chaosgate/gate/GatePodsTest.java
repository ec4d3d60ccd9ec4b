package io.jenkins.plugins.chaosgate.gate;

import static io.jenkins.plugins.chaosgate.gate.Pods.ended;
import static io.jenkins.plugins.chaosgate.gate.Pods.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.PodLimits;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the canary's pods is part of its steady state, whatever telemetry says. */
class GatePodsTest extends GateAmongFakes {

    private static final Pod ONE = ready("reviews-v2-one");
    private static final Pod TWO = ready("reviews-v2-two");
    private static final CanaryPods HEALTHY = Pods.of(ONE, TWO);

    private final Instant begin = clock.now();

    /** The fault is in from second 10 to second 71 of a gate that nothing happens to. */
    private final Instant underFault = begin.plusSeconds(33);

    private final Instant recovering = begin.plusSeconds(71);

    /** The pods are healthy until the fault is out, and others from then on. */
    private void podsOnceItIsOut(CanaryPods then) {
        mesh.pods = time -> mesh.hurts() || mesh.timeIn().isZero() ? HEALTHY : then;
    }

    /** The pods are healthy until that time, and others from then on. */
    private void pods(Instant from, CanaryPods then) {
        mesh.pods = time -> time.isBefore(from) ? HEALTHY : then;
    }

    @Test
    void podsThatStayAsTheyWereAreSaidWithThePass() {
        mesh.pods = time -> HEALTHY;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(verdict.reason()).endsWith("; pods of the canary: restarts 0, ready 100 % at least");
        assertThat(history.snapshot().findings()).anySatisfy(finding -> assertThat(finding.text())
                .isEqualTo("2 of 2 ready, image docker.io/bookinfo/reviews:v2 (sha256:aaaa), template hash 7d4b;"
                        + " limits: restarts at most 0, ready at least 100 %"));
    }

    @Test
    void aRestartUnderTheFaultIsAViolationWithItsReasonAndTime() {
        pods(underFault, Pods.of(ended(ONE, "reviews", "OOMKilled", 137, underFault), TWO));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason())
                .isEqualTo("pods of the canary: reviews-v2-one restarted (reviews: OOMKilled, exit code 137) at "
                        + underFault + ", limit 0 restarts, 26 s after the fault went in;"
                        + " failed requests of reviews: 0 (260 requests), limit at most 10 in 1m");
        assertThat(mesh.objects).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reviews", "istio-proxy"})
    void theProxyCountsAsTheApplicationDoes(String container) {
        pods(underFault, Pods.of(ONE, ended(TWO, container, "Error", 1, underFault)));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).contains("reviews-v2-two restarted (" + container + ": Error, exit code 1)");
    }

    @Test
    void restartsThatAreAllowedAreToldAndNotHeldAgainstTheCanary() {
        experiment = experiment.withPods(new PodLimits(1, 1));
        pods(underFault, Pods.of(ended(ONE, "reviews", "Error", 1, underFault), TWO));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(verdict.reason()).contains("restarts 1, ready 100 %");
        assertThat(history.snapshot().warnings())
                .anySatisfy(warning -> assertThat(warning.text()).contains("restarted", "within the limit of 1"));
    }

    @Test
    void oneRestartMoreThanIsAllowedIsAViolation() {
        experiment = experiment.withPods(new PodLimits(1, 1));
        Pod once = ended(ONE, "reviews", "Error", 1, underFault);
        Instant again = underFault.plusSeconds(10);
        mesh.pods = time -> time.isBefore(underFault)
                ? HEALTHY
                : Pods.of(time.isBefore(again) ? once : ended(once, "reviews", "Error", 2, again), TWO);
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).contains("exit code 2", "2 in all, limit 1 restart");
    }

    @Test
    void whatRestartedBeforeTheGateBeganIsOfNoConcern() {
        mesh.pods = time -> Pods.of(ended(ONE, "reviews", "Error", 1, Pods.LONG_AGO), TWO);
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
    }

    @Test
    void aPodThatIsNotReadyUnderTheFaultIsAViolation() {
        pods(underFault, Pods.of(ready(ONE, false, underFault), TWO));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason())
                .startsWith("pods of the canary: 1 of 2 ready, not reviews-v2-one since " + underFault
                        + ", limit at least 100 %");
    }

    @Test
    void aPodThatLeftAndCameBackBetweenTwoLooksIsSeenByTheTimeOfItsCondition() {
        pods(underFault, Pods.of(ONE, ready(TWO, true, underFault)));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).contains("1 of 2 ready, not reviews-v2-two until " + underFault);
    }

    @ParameterizedTest
    @CsvSource({"-1, VIOLATED", "1, PASSED"})
    void podsThatWereAwayAtOneTimeCountTogether(int seconds, Verdict.Kind expected) {
        experiment = experiment.withPods(new PodLimits(0, 0.5));
        pods(underFault, Pods.of(ready(ONE, false, underFault.plusSeconds(seconds)), ready(TWO, true, underFault)));
        assertThat(run().kind()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.5, PASSED", "0.51, VIOLATED"})
    void theShareThatMustBeReadyIsKeptToThePoint(double least, Verdict.Kind expected) {
        experiment = experiment.withPods(new PodLimits(0, least));
        mesh.pods = time -> Pods.of(ready(ONE, time.isBefore(underFault), underFault), TWO);
        assertThat(run().kind()).isEqualTo(expected);
    }

    @Test
    void aPodThatGoesAwayDuringTheProofIsNotAFaultThatHurtsNobody() {
        metrics.hurtPerSecond = 0;
        pods(begin.plusSeconds(15), Pods.of(ended(ONE, "reviews", "OOMKilled", 137, underFault), TWO));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).contains("OOMKilled");
        assertThat(phases()).doesNotContain(PhaseName.WATCH);
    }

    @Test
    void aPodThatIsDeletedMakesItAnotherCanary() {
        pods(underFault, Pods.of(ONE));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .isEqualTo("the experiment was disturbed: pods of the canary: reviews-v2-two is gone");
    }

    @Test
    void thatADrainStopsItsContainersIsNoRestart() {
        pods(underFault, Pods.of(ONE, Pods.deleted(TWO, underFault, "EvictionByEvictionAPI")));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .contains("reviews-v2-two was deleted at " + underFault + " (EvictionByEvictionAPI)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Evicted | The node was low on resource: memory. Container reviews was using 900Mi, request is 100Mi, has larger consumption of memory. | TerminationByKubelet | VIOLATED",
                "Evicted | Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. | '' | VIOLATED",
                "Evicted | The node had condition: [DiskPressure]. | '' | INCONCLUSIVE",
                "'' | '' | '' | VIOLATED",
                "Terminated | Pod was terminated in response to imminent node shutdown. | TerminationByKubelet | INCONCLUSIVE",
                "Preempting | Preempted in order to admit critical pod | '' | INCONCLUSIVE"
            })
    void whoseDoingItIsThatAPodFailedDecidesWhatIsSaid(
            String reason, String message, String disruption, Verdict.Kind expected) {
        pods(underFault, Pods.of(ONE, Pods.over(TWO, "Failed", reason, message, disruption)));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(expected);
        assertThat(verdict.reason())
                .contains("reviews-v2-two", reason.equals("Evicted") ? "evicted" : "failed", message);
    }

    @Test
    void aCanaryThatIsReplacedByAnotherImageIsSaidWithBoth() {
        pods(underFault, Pods.of(ONE, Pods.withImage(TWO, "docker.io/bookinfo/reviews:v3", "")));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .contains("the canary was replaced while it was watched", "reviews:v2", "reviews:v3");
    }

    @Test
    void theSameTagWithAnotherDigestIsAnotherImage() {
        Pod again = Pods.withImage(TWO, "docker.io/bookinfo/reviews:v2", "bookinfo/reviews@sha256:bbbb");
        pods(underFault, Pods.of(ONE, ended(again, "reviews", "Completed", 0, underFault)));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("sha256:aaaa", "sha256:bbbb");
    }

    @Test
    void aCanaryThatIsReplacedByAnotherTemplateIsSaidWithBoth() {
        Pod next = ready(Pods.ofTemplate(ready("reviews-v2-new"), "9f00"), false, underFault);
        pods(underFault, Pods.of(ONE, TWO, next));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("replaced", "template hash 7d4b", "template hash 9f00");
    }

    @Test
    void podsThatARolloutTakesAwayAreNotUnreadyThroughTheirFault() {
        Pod next = Pods.ofTemplate(ready("reviews-v2-new"), "9f00");
        pods(underFault, Pods.of(ready(ONE, false, underFault), TWO, next));
        assertThat(run().kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
    }

    @Test
    void onePodMoreOfTheSameTemplateMayTakeItsTimeToBeReady() {
        Pod third = ready(ready("reviews-v2-three"), false, underFault);
        mesh.pods = time -> time.isBefore(underFault)
                ? HEALTHY
                : time.isBefore(underFault.plusSeconds(20))
                        ? Pods.of(ONE, TWO, third)
                        : Pods.of(ONE, TWO, ready(third, true, underFault.plusSeconds(20)));
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
    }

    @Test
    void onePodMoreThatDiesIsAViolation() {
        Pod third = ended(ready("reviews-v2-three"), "reviews", "Error", 1, underFault);
        pods(underFault, Pods.of(ONE, TWO, third));
        assertThat(run().kind()).isEqualTo(Verdict.Kind.VIOLATED);
    }

    @Test
    void ofAWorkloadEntryOnlyItsPresenceIsLookedAt() {
        mesh.pods = time -> new CanaryPods(List.of(), List.of(Pods.ENTRY));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(verdict.reason()).endsWith("pods of the canary: 1 WorkloadEntry, still there");
    }

    @Test
    void aWorkloadEntryThatIsGoneMakesItAnotherCanary() {
        mesh.pods = time -> new CanaryPods(List.of(ONE), time.isBefore(underFault) ? List.of(Pods.ENTRY) : List.of());
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("WorkloadEntry bookinfo/reviews-vm is gone");
    }

    // --- before the fault ---

    @Test
    void aCanaryThatIsNotReadyIsRefused() {
        mesh.pods = time -> Pods.of(ONE, ready(TWO, false, begin));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.started()).isFalse();
        assertThat(verdict.reason()).contains("reviews-v2-two", "not ready: 1 of 2 ready", "pods: {ready: {min: …}}");
        assertThat(mesh.calls).doesNotContain("inject");
    }

    @Test
    void aCanaryThatRestartsInTheWarmUpWasNotSteadyBefore() {
        pods(begin.plusSeconds(3), Pods.of(ended(ONE, "reviews", "Error", 1, begin), TWO));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .startsWith("not steady before the fault: pods of the canary: reviews-v2-one restarted");
        assertThat(mesh.calls).doesNotContain("inject");
    }

    @Test
    void whatHappensRightBeforeTheFaultIsNotHeldAgainstTheCanary() {
        pods(begin.plusSeconds(10), Pods.of(ended(ONE, "reviews", "Error", 1, begin), TWO));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).startsWith("not steady before the fault");
    }

    // --- after the fault ---

    @Test
    void aCanaryThatRecoversOnlyByARestartDoesNotPass() {
        podsOnceItIsOut(Pods.of(ended(ONE, "reviews", "Error", 1, recovering), TWO));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).contains("recovered only by a restart after the fault was out", "reviews-v2-one");
    }

    @Test
    void aCanaryThatIsNotReadyAfterTheFaultIsWaitedForAndThenDoesNotPass() {
        podsOnceItIsOut(Pods.of(ready(ONE, false, recovering), TWO));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason())
                .contains("did not come back within 30 s", "pods of the canary: 50 % ready, limit at least 100 %");
    }

    @Test
    void aCanaryThatIsReadyAgainInTimeHasRecovered() {
        Pod away = ready(ONE, false, recovering);
        mesh.pods = time -> mesh.hurts() || mesh.timeIn().isZero() || !time.isBefore(recovering.plusSeconds(12))
                ? HEALTHY
                : Pods.of(away, TWO);
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(history.snapshot().timings().recoveryMillis().orElseThrow()).isBetween(10_000L, 17_000L);
    }

    // --- a cluster that does not tell ---

    @Test
    void aClusterThatDoesNotTellOfThePodsIsInconclusive() {
        mesh.pods = time -> HEALTHY;
        mesh.misbehave = call -> call.equals("pods") && mesh.hurts() ? failure("503") : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("has not told for", "how the canary's pods are: 503");
        assertThat(mesh.timeIn()).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void noFaultGoesInWhereTheClusterDoesNotTell() {
        mesh.pods = time -> HEALTHY;
        mesh.misbehave = call -> call.equals("pods") ? new CompletableFuture<>() : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).startsWith("nothing to judge before the fault: ");
        assertThat(mesh.calls).doesNotContain("inject");
    }

    @Test
    void theFaultWaitsForAnAnswerOfTheCluster() {
        mesh.pods = time -> HEALTHY;
        Instant back = begin.plusSeconds(14);
        mesh.misbehave = call -> call.equals("pods") && clock.now().isBefore(back) ? failure("503") : null;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
        assertThat(history.snapshot().faults().get(0).injectedAt().orElseThrow())
                .isAfterOrEqualTo(back);
    }

    @Test
    void aSlowClusterDoesNotDelayAViolation() {
        mesh.pods = time -> HEALTHY;
        mesh.misbehave = call -> call.equals("pods") && mesh.hurts() ? new CompletableFuture<>() : null;
        metrics.failuresPerSecond = hurt -> hurt ? 100.0 : 0.0;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(mesh.timeIn()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aShortSilenceIsForgivenButNotAtTheEnd() {
        mesh.pods = time -> HEALTHY;
        mesh.misbehave = call -> call.equals("pods")
                        && clock.now().isAfter(underFault)
                        && clock.now().isBefore(underFault.plusSeconds(15))
                ? failure("503")
                : null;
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
    }

    @Test
    void aPassWaitsForTheLastWordOnThePods() {
        mesh.pods = time -> HEALTHY;
        Instant end = begin.plusSeconds(65);
        mesh.misbehave =
                call -> call.equals("pods") && clock.now().isAfter(end) && mesh.hurts() ? failure("503") : null;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("503");
    }

    // --- what is kept of them ---

    @Test
    void aControlRunWatchesThePodsToo() {
        experiment = experiment(Judging.by(Bounds.atMost(10)), false);
        pods(underFault, Pods.of(ended(ONE, "reviews", "Error", 1, underFault), TWO));
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).contains("restarted", "into the control run");
    }

    @Test
    void theReportHasThePodsThatWereJudged() {
        podsOnceItIsOut(Pods.of(ended(ONE, "reviews", "Error", 1, recovering), TWO));
        run();
        PodState state = history.snapshot().pods().orElseThrow();
        assertThat(state.part()).isEqualTo(PodState.Part.WATCHED);
        assertThat(state.before()).isEqualTo(HEALTHY);
        assertThat(state.ends()).isZero();
    }
}

package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import io.jenkins.plugins.chaosgate.gate.port.ProxyCalls;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.Traffic;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a look under the fault comes to where requests stay away, or the fault no longer meets them. */
class WatchDecisionTest extends GateAmongFakes {

    /** Ten requests a second before the fault, of which so many are left under it; twenty to others, and then so many. */
    private void traffic(long left, long toOthers) {
        metrics.instead = question -> {
            if (!(question instanceof Question.ValueOf)) {
                return null;
            }
            long seconds = seconds(question);
            long judged = seconds * (mesh.hurts() ? left : 10);
            Traffic came = new Traffic(
                    judged,
                    OptionalLong.of(seconds * (mesh.hurts() ? toOthers : 20)),
                    clock.now(),
                    Optional.of(clock.now()));
            Counted counted = Counted.of(Count.of(0, judged))
                    .within(new FailedInAnyWindow(0, 0))
                    .of(came);
            return new Reading.Value(clock.now(), 0, OptionalLong.of(judged), Optional.of(counted));
        };
    }

    private static long seconds(Question question) {
        return Duration.between(question.window().from(), question.window().to())
                .toSeconds();
    }

    @Test
    void requestsThatGoElsewhereUnderTheFaultAreAViolation() {
        traffic(0, 30);
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).contains("its requests went elsewhere", " s after the fault went in");
    }

    @Test
    void requestsThatNobodyMakesAnyMoreAreNoEvidence() {
        traffic(0, 0);
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("not enough was seen", "far fewer requests came");
    }

    @Test
    void requestsThatKeepComingPass() {
        traffic(10, 20);
        assertThat(run().kind()).isEqualTo(Verdict.Kind.PASSED);
    }

    @Test
    void aFaultThatNoLongerMeetsTheCallsProvesNothingFurther() {
        metrics.instead = question -> {
            if (!(question instanceof Question.InjectedBy) || !mesh.hurts()) {
                return null;
            }
            long calls = 10 * seconds(question);
            long affected = Math.min(calls, 300);
            return new Reading.Value(
                    clock.now(),
                    affected,
                    OptionalLong.of(calls),
                    Optional.empty(),
                    List.of(new ProxyCalls("v2-a", affected, calls)));
        };
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .contains("the fault no longer works as it should", "at the proxy v2-a", "100 % were asked for");
    }

    /** One of two pods is gone from second 33 of the gate on, 23 s after the fault went in. */
    private Instant aPodGoes() {
        Pod one = Pods.ready("reviews-v2-one");
        Instant gone = clock.now().plusSeconds(33);
        mesh.pods = time -> time.isBefore(gone) ? Pods.of(one, Pods.ready("reviews-v2-two")) : Pods.of(one);
        return gone;
    }

    @Test
    void podsThatAreGoneAreWaitedForTwoLooks() {
        aPodGoes();
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("reviews-v2-two is gone");
        assertThat(mesh.timeIn()).isBetween(Duration.ofSeconds(33), Duration.ofSeconds(38));
    }

    @Test
    void whatCallersTellMeanwhileSaysMoreThanThatPodsAreGone() {
        Instant failing = aPodGoes().plusSeconds(1);
        metrics.failuresPerSecond = hurt -> clock.now().isAfter(failing) ? 10.0 : 0.0;
        Verdict verdict = run();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.VIOLATED);
        assertThat(verdict.reason()).contains("failed requests of reviews", " s after the fault went in");
    }
}

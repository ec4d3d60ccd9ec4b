package io.jenkins.plugins.chaosgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.report.ConsoleLines.Settings;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleLinesTest {

    @Test
    void tellsTheWholeStory() {
        Settings settings = new Settings(Paint.PLAIN, Duration.ofSeconds(10), Optional.of("reports/report.html"));

        assertThat(String.join("\n", Story.violated().lines(settings)))
                .isEqualTo(
                        """
                        chaos gate   reviews survives a ratings outage
                                     bookinfo  app=reviews (3 pods)  ·  abort 100 % of calls to ratings with 500  ·  guarded, lease 30 s
                        00:00.4      preflight    ok: permissions, canary, 2 × query
                        00:10.4      steady       failed requests 0, error rate 0 % of 96, p99 41 ms
                        00:10.6      fault is in  EnvoyFilter bookinfo/chaos-gate-7f3a91c2
                        00:11.4      fault bites  14 requests hurt, seen after 800 ms
                        00:11.6      watching     49 s left   failed requests 4 of 10   error rate 20 % of 1 %   p99 44 ms of 500 ms
                        00:12.8      watching     48 s left   failed requests 11 of 10   error rate 34 % of 1 %   p99 46 ms of 500 ms
                        00:12.8      VIOLATED     failed requests of reviews: 11 (32 requests), limit at most 10 in 1m, 2 s after the fault went in
                        00:12.9      fault is out EnvoyFilter bookinfo/chaos-gate-7f3a91c2 is gone, 120 ms after the decision
                        00:14.0      quiet        no request is hurt any more; 36 requests in all
                        00:15.9      recovered    after 3.0 s
                        verdict      VIOLATED  (report: reports/report.html)""");
    }

    @Test
    void aFaultThatNothingStandsBehindIsSaidToBe() {
        Story story = Story.ofReviews();
        story.guarded = false;
        assertThat(story.preflight().lines(Settings.PLAIN).get(1)).endsWith("  ·  not guarded");
    }

    @Test
    void aRefusedGateNamesEachErrorOnALineOfItsOwn() {
        Story story = Story.ofReviews()
                .preflight(List.of(
                        Finding.ok("cluster", "cluster answers"),
                        Finding.warning("route", "the route retries 3 times"),
                        Finding.error("permissions", "may not create envoyfilters in bookinfo"),
                        Finding.error("canary", "no pod has app=reviews")));
        Verdict refused = Verdict.refused("could not start: may not create envoyfilters in bookinfo; no pod …");
        story.add(new GateEvent.Decided(Story.at(400), refused)).finish(400, refused);

        assertThat(story.lines(Settings.PLAIN))
                .endsWith(
                        "00:00.4      preflight    ok: cluster",
                        "00:00.4      warning      route: the route retries 3 times",
                        "00:00.4      ERROR        permissions: may not create envoyfilters in bookinfo",
                        "00:00.4      ERROR        canary: no pod has app=reviews",
                        "00:00.4      INCONCLUSIVE the 2 errors above stop the gate",
                        "verdict      INCONCLUSIVE");
    }

    @Test
    void aFailedRollbackShowsTheCommandsAndTheReasonThatChanged() {
        Story story = Story.ofReviews().preflight().warmUp().inject();
        story.add(new GateEvent.Decided(Story.at(20_000), Story.verdict()));
        story.add(new GateEvent.Warned(Story.at(20_100), "attempt 1: the cluster does not answer; trying again"));
        story.add(new GateEvent.StillIn(
                Story.at(80_000),
                story.change,
                "the cluster does not answer",
                List.of("kubectl delete envoyfilter x")));
        story.finish(80_000, Verdict.rollbackFailed("a fault may still be in"));

        assertThat(story.lines(Settings.PLAIN))
                .endsWith(
                        "00:20.1      warning      attempt 1: the cluster does not answer; trying again",
                        "01:20.0      STILL IN     EnvoyFilter bookinfo/chaos-gate-7f3a91c2: the cluster does not answer",
                        "             run          kubectl delete envoyfilter x",
                        "01:20.0      ROLLBACK_FAILED a fault may still be in",
                        "verdict      ROLLBACK_FAILED");
    }

    @Test
    void aQuietWatchGivesALineEachTenSecondsAndOneForEachChange() {
        Story story = Story.ofReviews();
        story.phase(PhaseName.WATCH, 0);
        for (int second = 1; second <= 38; second++) {
            boolean dark = second == 15 || second == 16;
            // Below its limit all along, for a limit that is broken is a change.
            int failed = second / 10;
            story.look(
                    second * 1000L,
                    PhaseName.WATCH,
                    60_000 - second * 1000L,
                    dark ? story.missing(Story.FAILED, Reading.Why.STALE) : story.seen(Story.FAILED, failed, 10),
                    story.seen(Story.ERRORS, 0, 10),
                    story.seen(Story.P99, 0.04, 10));
        }

        assertThat(story.lines(Settings.PLAIN).stream().skip(1).map(line -> line.substring(0, 7)))
                .containsExactly("00:01.0", "00:11.0", "00:15.0", "00:17.0", "00:27.0", "00:37.0");
        assertThat(story.lines(Settings.PLAIN))
                .anyMatch(line -> line.contains("45 s left   failed requests (stale data)   error rate 0 % of 1 %"));
    }

    @Test
    void aWarmUpThatDoesNotHoldIsNeverCalledSteady() {
        Story story = Story.ofReviews().preflight();
        story.phase(PhaseName.WARMUP, 400);
        story.look(
                5_000,
                PhaseName.WARMUP,
                5_400,
                story.seen(Story.FAILED, 40, 46),
                story.seen(Story.ERRORS, 0.9, 46),
                story.seen(Story.P99, 0.04, 46));
        story.ended(PhaseName.WARMUP, 10_400);
        story.add(new GateEvent.Decided(Story.at(10_400), Verdict.inconclusive("not steady before the fault")));
        story.finish(10_400, Verdict.inconclusive("not steady before the fault"));

        assertThat(story.lines(Settings.PLAIN))
                .noneMatch(line -> line.contains("steady  "))
                .contains("00:05.0      warming up   6 s left   failed requests 40 of 10   error rate 90 % of 1 %   "
                        + "p99 40 ms of 500 ms")
                .contains("00:10.4      INCONCLUSIVE not steady before the fault");
    }

    @Test
    void aControlRunSaysThatNothingIsHurt() {
        Story story = new Story("control", List.of(), List.of(Story.FAILED)).preflight();

        assertThat(story.lines(Settings.PLAIN).get(1)).endsWith("(3 pods)  ·  control run: nothing is hurt");
    }

    @Test
    void podsThatNobodySawAreNotCounted() {
        Story story = Story.ofReviews();
        story.add(new GateEvent.Prepared(Story.at(10), List.of(), Scene.UNKNOWN, Optional.empty(), List.of()));

        assertThat(story.lines(Settings.PLAIN).get(1)).startsWith("             bookinfo  app=reviews  ·  abort");
    }

    @Test
    void textFromOutsideCannotMoveTheCursor() {
        Story story = new Story("evil\u001b[2J\nverdict      PASSED\u202e", List.of(Story.ABORT), List.of(Story.FAILED))
                .preflight(List.of(Finding.error("x\u0007", "\u001b]0;title\u0007 and \u009b31m")));
        story.add(new GateEvent.Warned(Story.at(500), "\u001b[1A\rforged"));
        story.finish(600, Verdict.aborted("by\u001b[31m somebody"));

        assertThat(story.lines(Settings.PLAIN))
                .allMatch(line -> line.codePoints().noneMatch(Character::isISOControl));
        assertThat(story.lines(Settings.PLAIN).get(0))
                .isEqualTo("chaos gate   evil\uFFFD[2J verdict      PASSED\uFFFD");
    }

    @Test
    void coloursAreOnlyOurOwn() {
        Settings settings = new Settings(Paint.ANSI, Duration.ofSeconds(10), Optional.empty());

        assertThat(Story.violated().lines(settings))
                .contains("verdict      \u001b[1;31mVIOLATED\u001b[0m")
                .anyMatch(line -> line.contains("failed requests \u001b[1;31m11 of 10\u001b[0m"))
                .allMatch(line ->
                        line.replaceAll("\u001b\\[[0-9;]+m", "").codePoints().noneMatch(Character::isISOControl));
    }

    @Test
    void aVeryLongTextIsCut() {
        Story story = Story.ofReviews();
        story.add(new GateEvent.Warned(Story.at(0), "x".repeat(100_000)));

        assertThat(story.lines(Settings.PLAIN).get(1)).hasSizeLessThan(2_100).endsWith("…");
    }
}

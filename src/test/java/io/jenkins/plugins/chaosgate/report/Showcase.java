package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import io.jenkins.plugins.chaosgate.experiment.Webhook;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Gates that show everything that a report can show. */
public final class Showcase {

    static final Latency RATIO = new Latency(
            "p50 beside the stable version",
            Story.REVIEWS,
            Optional.empty(),
            0.5,
            Duration.ofMinutes(1),
            new Judging(Bounds.NONE, OptionalDouble.of(1.5), 3));
    static final Webhook CHECK =
            new Webhook("checkout works", URI.create("http://checks/checkout"), Judging.by(Bounds.atLeast(1)));
    public static final String EVIL = "</title><script>alert('x')</script>\"]]>&amp;\u001b[31m\u0000\ud800\ufffe";

    private Showcase() {}

    /** A minute under the fault, passed, with a time without data in one threshold. */
    public static Story passed() {
        Story story = new Story(
                        "reviews survives a ratings outage",
                        List.of(Story.ABORT),
                        List.of(Story.FAILED, Story.ERRORS, Story.P99, RATIO, CHECK))
                .preflight(List.of(
                        Finding.ok("cluster", "Kubernetes 1.36 answers"),
                        Finding.ok("permissions", "permissions on envoyfilters in bookinfo"),
                        Finding.warning(
                                "retries", "the route to ratings is retried 2 times: an injected abort is not")));
        story.phase(PhaseName.WARMUP, 400);
        watch(story, PhaseName.WARMUP, 1, 10);
        story.ended(PhaseName.WARMUP, 10_400).inject();
        story.phase(PhaseName.WATCH, 11_400);
        watch(story, PhaseName.WATCH, 12, 71);
        story.ended(PhaseName.WATCH, 71_400);
        Verdict verdict = Verdict.passed("the steady state held for 60 s under the fault, which hurt 1480 requests");
        story.add(new GateEvent.Decided(Story.at(71_400), verdict));
        story.phase(PhaseName.ROLLBACK, 71_400);
        story.add(new GateEvent.FaultOut(Story.at(71_540), story.change));
        story.add(new GateEvent.Proven(Story.at(72_000), Map.of(0, 1480L), Story.at(72_000)));
        story.ended(PhaseName.ROLLBACK, 72_500);
        story.phase(PhaseName.RECOVERY, 72_500);
        watch(story, PhaseName.RECOVERY, 73, 78);
        story.add(new GateEvent.Recovered(Story.at(78_000), Duration.ofMillis(6_460)));
        return story.ended(PhaseName.RECOVERY, 78_100).finish(78_100, verdict);
    }

    /** A fault that could not be taken out, in the names of somebody who means harm. */
    public static Story hostile() {
        return hostile(EVIL);
    }

    /** The same with words of one's own. */
    public static Story hostile(String words) {
        PromQl evil = new PromQl(words, "up", Judging.by(Bounds.atMost(1)));
        Story story = new Story(words, words, List.of(Story.ABORT), List.of(evil))
                .preflight(List.of(Finding.warning(words, words)));
        story.inject();
        story.phase(PhaseName.WATCH, 11_400);
        story.look(12_000, PhaseName.WATCH, 0, story.seen(evil, 0.5, 3));
        story.look(
                13_000,
                PhaseName.WATCH,
                0,
                new GateEvent.Sight(
                        evil, Optional.empty(), Optional.of(new Reading.NoData(Reading.Why.GARBAGE, words))));
        story.look(14_000, PhaseName.WATCH, 0, story.seen(evil, 7e9, 3));
        story.add(new GateEvent.Decided(Story.at(15_000), Verdict.violated(words)));
        story.add(new GateEvent.StillIn(
                Story.at(75_000), story.change, words, List.of("kubectl delete '" + words + "'")));
        return story.finish(75_000, Verdict.rollbackFailed(words));
    }

    /** One Deployment of the canary went back, the other did not; others' requests were counted. */
    public static Story rolledBack(String why) {
        Story story = Story.ofReviews()
                .rollingBack("reviews-v2", "reviews-batch")
                .preflight()
                .warmUp()
                .inject();
        story.phase(PhaseName.WATCH, 11_400);
        story.look(12_800, PhaseName.WATCH, 48_000, story.seen(Story.FAILED, 11, 32));
        story.ended(PhaseName.WATCH, 12_800);
        story.add(new GateEvent.Decided(Story.at(12_800), Story.verdict()));
        story.phase(PhaseName.ROLLBACK, 12_800);
        story.add(new GateEvent.FaultOut(Story.at(12_920), story.change));
        story.add(new GateEvent.OthersSeen(Story.at(13_000), 0, OptionalLong.of(812)));
        story.ended(PhaseName.ROLLBACK, 13_000);
        story.phase(PhaseName.CANARY_ROLLBACK, 13_000);
        story.add(new GateEvent.CanaryRolledBack(Story.at(15_000), story.back.get(0), "3 of 3 pods replaced"));
        story.add(new GateEvent.CanaryLeft(Story.at(15_100), story.back.get(1), why));
        story.ended(PhaseName.CANARY_ROLLBACK, 15_100);
        return story.finish(15_100, Story.verdict());
    }

    /** Half a minute under the fault, which is still in; nothing is decided. */
    public static Story running() {
        Story story = Story.ofReviews().preflight().warmUp().inject();
        story.phase(PhaseName.WATCH, 11_400);
        for (int second = 12; second <= 42; second++) {
            story.look(
                    second * 1000L,
                    PhaseName.WATCH,
                    71_400 - second * 1000L,
                    story.seen(Story.FAILED, second / 9, 10L * second),
                    story.seen(Story.ERRORS, 0.004, 10L * second),
                    story.seen(Story.P99, 0.2, 10L * second));
        }
        return story;
    }

    /** A fault that could not be taken out. */
    public static Story leftIn() {
        Story story = Story.ofReviews().preflight().warmUp().inject();
        story.phase(PhaseName.WATCH, 11_400);
        story.look(
                12_000,
                PhaseName.WATCH,
                59_400,
                story.seen(Story.FAILED, 11, 20),
                story.seen(Story.ERRORS, 0.34, 20),
                story.missing(Story.P99, Reading.Why.STALE));
        story.ended(PhaseName.WATCH, 12_000);
        story.add(new GateEvent.Decided(Story.at(12_000), Verdict.violated("failed requests of reviews: 11")));
        story.phase(PhaseName.ROLLBACK, 12_000);
        story.add(new GateEvent.Warned(
                Story.at(14_000), "EnvoyFilter bookinfo/chaos-gate-7f3a91c2: no answer within 2 s; trying again"));
        String why = "the cluster did not answer for 60 s";
        story.add(new GateEvent.StillIn(
                Story.at(72_000),
                story.change,
                why,
                List.of("kubectl -n bookinfo delete envoyfilter chaos-gate-7f3a91c2")));
        return story.finish(
                72_000, Verdict.rollbackFailed("EnvoyFilter bookinfo/chaos-gate-7f3a91c2 may still be in: " + why));
    }

    private static void watch(Story story, PhaseName phase, int from, int to) {
        for (int second = from; second <= to; second++) {
            boolean fault = phase == PhaseName.WATCH;
            boolean dark = second >= 34 && second <= 40;
            double wave = Math.sin(second / 3.0);
            story.look(
                    second * 1000L + 300,
                    phase,
                    (to - second) * 1000L,
                    story.seen(Story.FAILED, fault ? Math.floor((second - 12) / 9.0) : 0, 10L * (second - from + 1)),
                    story.seen(Story.ERRORS, fault ? 0.004 + 0.003 * wave : 0.0012, 10L * (second - from + 1)),
                    dark
                            ? story.missing(Story.P99, Reading.Why.STALE)
                            : story.seen(Story.P99, fault ? 0.31 + 0.11 * wave : 0.041, 600),
                    compared(0.02 + 0.006 * wave + (second == 50 ? 0.017 : 0), 0.02),
                    story.seen(CHECK, 1, 1));
        }
    }

    private static GateEvent.Sight compared(double value, double stable) {
        Observation seen = new Observation(
                Story.BEGIN, value, OptionalLong.empty(), OptionalDouble.of(stable), value <= 1.5 * stable);
        return new GateEvent.Sight(RATIO, Optional.of(seen), Optional.empty());
    }
}

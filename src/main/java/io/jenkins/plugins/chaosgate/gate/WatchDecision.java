package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a look under the fault comes to: a violation before a disturbance, that before having seen too little, and a pass only where
 * there is none of these.
 */
final class WatchDecision {

    /** Pods that are gone are often why callers get failures: these are waited for, since they say more. */
    private static final Duration UNTIL_CALLERS_TELL = Duration.ofSeconds(10);

    private final GateRun run;
    private final Watch watch;
    private final DriftWatch drift;
    private final Bystanders bystanders;
    private final Instant countFrom;
    private final Instant end;
    private Optional<Instant> podsChangedAt = Optional.empty();
    private Optional<Instant> ranDryAt = Optional.empty();

    /**
     * @param countFrom since when requests count
     * @param end when time is up
     */
    WatchDecision(GateRun run, DriftWatch drift, Bystanders bystanders, Instant countFrom, Instant end) {
        this.run = run;
        this.watch = run.experiment.watch();
        this.drift = drift;
        this.bystanders = bystanders;
        this.countFrom = countFrom;
        this.end = end;
    }

    /**
     * What follows from one look; empty where the gate is to look again.
     *
     * @param hurt how many requests the fault hurt
     * @param mayPass whether the look reaches far enough for a pass
     */
    Optional<Verdict> at(Instant now, SteadyState state, FaultReach reach, long hurt, boolean mayPass) {
        return violated(now, state)
                .or(() -> disturbed(now, reach))
                .or(() -> state.lostTraffic().map(words -> Verdict.violated(words + after(now))))
                .or(() -> podsChanged(now))
                .or(() -> ranDry(now, state))
                .or(() -> state.blindFor(watch.missingData(), now).map(WatchDecision::notEnough))
                .or(() -> isPassAhead(state, mayPass) ? Optional.of(concluded(now, state, hurt)) : overdue(now, state));
    }

    private Optional<Verdict> violated(Instant now, SteadyState state) {
        Optional<String> thresholds = state.violated();
        return run.pods
                .besides(thresholds)
                .map(words ->
                        Verdict.violated(words + after(now) + (thresholds.isPresent() ? "" : "; " + state.words())));
    }

    private Optional<Verdict> disturbed(Instant now, FaultReach reach) {
        return run.footprint
                .trouble(now)
                .or(() -> drift.trouble(now))
                .or(() -> run.pods.silent(now))
                .map(WatchDecision::disturbed)
                .or(() -> bystanders.trouble().map(Verdict::inconclusive))
                .or(() -> reach.dropped().map(Verdict::inconclusive));
    }

    private Optional<Verdict> podsChanged(Instant now) {
        Optional<String> words = run.pods.changed();
        podsChangedAt = words.flatMap(changed -> podsChangedAt.or(() -> Optional.of(now)));
        return words.filter(changed -> isOver(podsChangedAt.orElse(now), now)).map(WatchDecision::disturbed);
    }

    private boolean isOver(Instant since, Instant now) {
        Duration twoLooks = watch.interval().multipliedBy(2);
        Duration patience = twoLooks.compareTo(UNTIL_CALLERS_TELL) > 0 ? twoLooks : UNTIL_CALLERS_TELL;
        Duration limit = patience.compareTo(watch.missingData()) > 0 ? watch.missingData() : patience;
        return Duration.between(since, now).compareTo(limit) >= 0;
    }

    /** A look later it may show that the requests go elsewhere. */
    private Optional<Verdict> ranDry(Instant now, SteadyState state) {
        Optional<String> words = state.dryTraffic();
        Optional<Instant> before = ranDryAt.filter(at -> at.isBefore(now));
        ranDryAt = words.flatMap(dry -> ranDryAt.or(() -> Optional.of(now)));
        return words.filter(dry -> before.isPresent()).map(WatchDecision::notEnough);
    }

    /** Nothing passes while something is being waited for. */
    private boolean isPassAhead(SteadyState state, boolean mayPass) {
        return mayPass && state.isSeen() && run.pods.isSeen() && podsChangedAt.isEmpty() && ranDryAt.isEmpty();
    }

    private Verdict concluded(Instant now, SteadyState state, long hurt) {
        return state.inconclusive().map(Verdict::inconclusive).orElseGet(() -> Verdict.passed(held(now, state, hurt)));
    }

    /** What is counted comes late for ever: nobody waits for its end. */
    private Optional<Verdict> overdue(Instant now, SteadyState state) {
        Duration late = Duration.between(end, now);
        return late.compareTo(watch.missingData()) < 0
                ? Optional.empty()
                : Optional.of(notEnough(late.toSeconds()
                        + " s after the watch was to end not all requests up to its end were counted: "
                        + state.words()));
    }

    private static Verdict disturbed(String words) {
        return Verdict.inconclusive("the experiment was disturbed: " + words);
    }

    private static Verdict notEnough(String words) {
        return Verdict.inconclusive("not enough was seen: " + words);
    }

    private String after(Instant now) {
        return ", " + Duration.between(countFrom, now).toSeconds() + " s "
                + (run.experiment.isControlRun() ? "into the control run" : "after the fault went in");
    }

    private String held(Instant now, SteadyState state, long hurt) {
        return "the steady state held for "
                + Duration.between(countFrom, now).toSeconds() + " s "
                + (run.experiment.isControlRun() ? "without a fault" : "under the fault, which hurt " + hurtWords(hurt))
                + ": " + state.words()
                + run.pods.heldWords().map(words -> "; " + words).orElse("");
    }

    private String hurtWords(long hurt) {
        return hurt
                + (hurt == 1 ? " request" : " requests")
                + bystanders.seen().map(others -> " (" + others.counted() + ")").orElse("");
    }
}

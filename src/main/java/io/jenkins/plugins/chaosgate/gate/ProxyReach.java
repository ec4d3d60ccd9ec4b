package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.verdict.sequential.LimitTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which share of its calls a fault met at one proxy, look by look. Immutable.
 *
 * @param steps what each look showed beyond the one before, oldest first; neighbours are joined where there are many
 * @param affected all that the fault met
 * @param calls all calls in its scope; 0 where only those that it met are counted
 */
record ProxyReach(List<Step> steps, long affected, long calls) {

    /** Nothing was looked at yet. */
    static final ProxyReach NONE = new ProxyReach(List.of(), 0, 0);

    private static final int MOST_STEPS = 64;
    /** With a chance like this that it is only chance, a proxy is waited for. */
    private static final double UNLIKELY = 1e-3;
    /** A chance so small that it is no chance. */
    private static final double NEVER = 1e-6;
    /** Only a share below this part of the one before is a drop: a few calls may take another way. */
    private static final double DROPPED = 0.5;
    /** With fewer affected calls little is known of the share before. */
    private static final long ENOUGH = 20;
    /** So many standard deviations below what was counted the share before may lie. */
    private static final double DEVIATIONS = 3;

    /** Some calls, from after one look up to the next. */
    record Step(Instant since, Instant until, long affected, long calls) {}

    /** Where the share of the calls that the fault meets fell: since when, and to what. */
    record Drop(Instant since, long affected, long calls) {}

    ProxyReach {
        steps = List.copyOf(steps);
    }

    /** After so many, which are known already: only what comes later is looked at. */
    static ProxyReach from(long affected, long calls) {
        return new ProxyReach(List.of(), affected, calls);
    }

    /** After a look that counted so many in all, since the fault went in. */
    ProxyReach after(Instant last, Instant at, long nowAffected, long nowCalls) {
        long moreAffected = Math.max(0, nowAffected - affected);
        long moreCalls = Math.max(0, nowCalls - calls);
        if (moreAffected == 0 && moreCalls == 0) {
            return this;
        }
        List<Step> next = new ArrayList<>(steps);
        next.add(new Step(last, at, moreAffected, Math.max(moreCalls, nowCalls == 0 ? 0 : moreAffected)));
        if (next.size() > MOST_STEPS) {
            next.set(0, joined(next.get(0), next.remove(1)));
        }
        return new ProxyReach(next, Math.max(affected, nowAffected), Math.max(calls, nowCalls));
    }

    private static Step joined(Step one, Step other) {
        return new Step(one.since(), other.until(), one.affected() + other.affected(), one.calls() + other.calls());
    }

    /**
     * Whether calls go on of which the fault meets none, although it should: it is not in at this proxy, or not yet.
     *
     * @param expected which share of the calls it is to meet; empty where nobody knows
     */
    boolean lacksFault(OptionalDouble expected) {
        long missed = 0;
        for (int i = steps.size() - 1; i >= 0 && steps.get(i).affected() == 0; i--) {
            missed += steps.get(i).calls();
        }
        return missed > 0 && expected.isPresent() && Math.pow(1 - expected.getAsDouble(), missed) <= UNLIKELY;
    }

    /** Where the share fell, for certain; empty where it did not, or nobody counts the calls that were not met. */
    Optional<Drop> drop(OptionalDouble expected) {
        long laterAffected = 0;
        long laterCalls = 0;
        for (int i = steps.size() - 1; i >= 0; i--) {
            laterAffected += steps.get(i).affected();
            laterCalls += steps.get(i).calls();
            OptionalDouble usual = usual(laterAffected, laterCalls, expected);
            if (usual.isPresent() && isBelow(laterAffected, laterCalls, usual.getAsDouble() * DROPPED)) {
                return Optional.of(new Drop(steps.get(i).since(), laterAffected, laterCalls));
            }
        }
        return Optional.empty();
    }

    /** The share before the newest calls, or what was asked for where that is known. */
    private OptionalDouble usual(long laterAffected, long laterCalls, OptionalDouble expected) {
        if (expected.isPresent()) {
            return expected;
        }
        long met = affected - laterAffected;
        return met >= ENOUGH && calls > laterCalls
                ? OptionalDouble.of((met - DEVIATIONS * Math.sqrt(met)) / (calls - laterCalls))
                : OptionalDouble.empty();
    }

    private static boolean isBelow(long affected, long calls, double share) {
        return calls > 0
                && share > 0
                && affected < share * calls
                && new LimitTest(Math.min(share, DROPPED)).isCertainlyBelow(affected, calls, NEVER);
    }
}

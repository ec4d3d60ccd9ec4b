package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.util.ArrayList;
import java.util.List;

/**
 * The hard limit beside the e-process: at least half of the newest polls' requests bad, at least 20 of them (times the
 * overdispersion). It sees a canary that falls over late, when many good requests lie before. Only for limits up to
 * {@value #LARGEST_LIMIT}, where a healthy canary all but never does this.
 *
 * @param newest the newest polls, oldest first: as few as hold enough requests, or all if there are not enough yet
 * @param needed how many requests are enough
 */
record Catastrophe(List<Count> newest, double needed) {

    static final double LARGEST_LIMIT = 0.05;
    private static final int REQUESTS = 20;
    private static final double SHARE = 0.5;

    Catastrophe {
        newest = List.copyOf(newest);
    }

    static Catastrophe watch(Burstiness burstiness) {
        return new Catastrophe(List.of(), REQUESTS * burstiness.phi());
    }

    Catastrophe plus(Count poll) {
        List<Count> polls = new ArrayList<>(newest);
        polls.add(poll);
        long total = polls.stream().mapToLong(Count::total).sum();
        while (total - polls.get(0).total() >= needed) {
            total -= polls.remove(0).total();
        }
        return new Catastrophe(polls, needed);
    }

    /** All requests that are looked at. */
    Count sum() {
        return newest.stream().reduce(Count.NONE, Count::plus);
    }

    boolean isOne(double limit) {
        Count sum = sum();
        return limit <= LARGEST_LIMIT && sum.total() >= needed && sum.surelyBad() >= SHARE * sum.total();
    }
}

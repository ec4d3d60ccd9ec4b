package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.LimitTest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How many of the requests that are judged the fault can have met: only these are evidence of standing it. A limit that would
 * forgive the failure of them all was not tested; and of the failures that were counted, all that are more than before the fault
 * may be theirs.
 *
 * @param requests all requests that are judged
 * @param affected how many of them the fault met at the most
 * @param forgiven how many may fail before the limit is broken
 * @param limit the largest share of bad requests that is fine; empty where the limit is no share
 * @param bad how many of the affected requests were bad at the most, if the others failed as they did before the fault
 * @param mostBad how many were at the most, if none of the others failed
 */
record Exposure(long requests, long affected, double forgiven, OptionalDouble limit, double bad, long mostBad) {

    /**
     * Empty where the fault met all requests, or the threshold is not about a number of requests.
     *
     * @param before what was counted before the fault
     * @param lasted for how long was counted
     */
    static Optional<Exposure> of(Threshold threshold, Counted counted, Count before, Duration lasted) {
        if (counted.affected().isEmpty()) {
            return Optional.empty();
        }
        long requests = Math.max(
                counted.judged().total(), counted.traffic().map(Traffic::judged).orElse(0L));
        long affected = Math.min(counted.affected().getAsLong(), requests);
        OptionalDouble limit = limit(threshold, counted);
        if (affected >= requests || limit.isEmpty() && !(threshold instanceof FailedRequests)) {
            return Optional.empty();
        }
        double forgiven =
                limit.isPresent() ? limit.getAsDouble() * requests : forgiven((FailedRequests) threshold, lasted);
        double usual = before.total() == 0 ? 0 : (double) before.surelyBad() / before.total();
        double bad = Math.max(0, counted.judged().possiblyBad() - usual * (requests - affected));
        return Optional.of(new Exposure(
                requests,
                affected,
                forgiven,
                limit,
                Math.min(affected, bad),
                Math.min(affected, counted.judged().possiblyBad())));
    }

    private static OptionalDouble limit(Threshold threshold, Counted counted) {
        OptionalDouble ratio = threshold.judging().maxRatio();
        if (ratio.isPresent() && counted.stable().isPresent()) {
            Count stable = counted.stable().get();
            return stable.total() == 0
                    ? OptionalDouble.of(0)
                    : OptionalDouble.of(ratio.getAsDouble() * stable.surelyBad() / stable.total());
        }
        boolean isShare = threshold instanceof ErrorRate || threshold instanceof Latency;
        return isShare && threshold.judging().bounds().max().isPresent()
                ? OptionalDouble.of(LimitJudgement.limit(threshold))
                : OptionalDouble.empty();
    }

    private static double forgiven(FailedRequests threshold, Duration lasted) {
        double windows =
                Math.max(1, (double) lasted.toMillis() / threshold.per().toMillis());
        return threshold.judging().bounds().max().orElse(0) * windows;
    }

    /** Whether the limit would be kept had all affected requests failed. */
    boolean isTooLittle() {
        return affected <= forgiven;
    }

    /** Whether the affected requests kept the limit, as far as was counted. */
    boolean keepsLimit() {
        return limit.isEmpty() || bad <= limit.getAsDouble() * affected;
    }

    /**
     * Whether they surely did, wrong with a chance of at most {@code beta}. How often the others fail is not known for certain, so all
     * that failed count as theirs.
     *
     * @param bursts in which bad requests may come
     */
    boolean surelyKeepsLimit(double beta, Burstiness bursts) {
        return limit.isEmpty()
                || limit.getAsDouble() > 0
                        && limit.getAsDouble() < 1
                        && new LimitTest(limit.getAsDouble())
                                .isCertainlyBelow(mostBad / bursts.phi(), affected / bursts.phi(), beta);
    }

    /** {@code the fault met 8 of 1175 requests, and the limit forgives 11}; one line. */
    String words() {
        String met = "the fault met at most " + affected + " of " + requests + " requests, ";
        return isTooLittle()
                ? met + "and the limit would forgive " + (long) Math.floor(forgiven)
                : met + "of which up to " + (long) Math.ceil(bad) + " were bad";
    }
}

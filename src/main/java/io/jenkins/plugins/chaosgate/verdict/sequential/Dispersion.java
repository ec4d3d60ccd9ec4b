package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.util.Optional;

/**
 * Estimates overdispersion from polls as they come: the mean square of the differences between neighbouring polls' shares
 * of bad requests, over what it would be if each request failed on its own (von Neumann's estimator of variance/mean, with
 * each poll's traffic allowed for). Unlike a variance about the mean it is hardly moved by a share that rises once and
 * stays, which is no burst but what a gate looks for.
 *
 * <p>An estimate within {@value #TOLERATED} standard errors of 1 is taken as 1. A larger one is raised by one standard
 * error: too small a φ stops healthy canaries, too large a one only takes longer. Less than two polls with requests, or
 * less than two bad requests, say nothing.
 *
 * @param last the newest poll with requests; empty before the first
 * @param pairs how many neighbouring polls were compared
 * @param squares the sum of squared differences, each over its variance's factor 1/n₁ + 1/n₂
 * @param newest the newest of these
 * @param largestBefore the largest of those before it
 * @param sum all requests
 */
public record Dispersion(
        Optional<Count> last, long pairs, double squares, double newest, double largestBefore, Count sum) {

    static final double TOLERATED = 2;

    /** Nothing was counted yet. */
    public static final Dispersion NONE = new Dispersion(Optional.empty(), 0, 0, 0, 0, Count.NONE);

    /** After one more poll; one without requests is left out. */
    public Dispersion plus(Count poll) {
        if (poll.total() == 0) {
            return this;
        }
        double square = last.map(before -> square(before, poll)).orElse(0.0);
        return new Dispersion(
                Optional.of(poll),
                pairs + (last.isPresent() ? 1 : 0),
                squares + square,
                square,
                Math.max(largestBefore, newest),
                sum.plus(poll));
    }

    private static double square(Count one, Count other) {
        double difference = share(one) - share(other);
        return difference * difference / (1.0 / one.total() + 1.0 / other.total());
    }

    /** Where the share is the same all the time, as before the fault. */
    public Burstiness ofSteadyShare() {
        return estimate(squares, pairs);
    }

    /**
     * Where the share may have changed once, as under a fault: a burst goes up and down again, a change only once. So the
     * largest difference is left out, unless it is the newest one, of which that cannot be told yet.
     */
    Burstiness ofShareThatMayChange() {
        return pairs > 1 ? estimate(squares - largestBefore, pairs - 1) : estimate(squares, pairs);
    }

    private Burstiness estimate(double sumOfSquares, long number) {
        double bad = sum.surelyBad();
        if (number == 0 || bad < 2) {
            return Burstiness.NONE;
        }
        double ratio = sumOfSquares / number / share(sum);
        double standardError = Math.sqrt(3.0 / number * (bad - 1) / bad);
        return ratio <= 1 + TOLERATED * standardError ? Burstiness.NONE : new Burstiness(ratio * (1 + standardError));
    }

    private static double share(Count count) {
        return (double) count.surelyBad() / count.total();
    }
}

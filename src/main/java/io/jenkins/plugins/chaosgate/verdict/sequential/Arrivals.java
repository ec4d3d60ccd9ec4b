package io.jenkins.plugins.chaosgate.verdict.sequential;

/**
 * How requests come: how many, and how much in bursts. Their overdispersion is the mean square of the differences between
 * neighbouring looks' rates over what it would be if each request came on its own (von Neumann's estimator of variance/mean); the
 * largest difference is left out, since a rate that falls once is no burst but what is looked for. It is raised by two standard errors:
 * the fewer looks there were, the more is allowed for.
 *
 * @param requests all that came
 * @param seconds in which
 * @param looks how many there were
 * @param lastRate at the newest look, each second
 * @param lastSeconds how long that was
 * @param squares the sum of squared differences, each over its variance's factor 1/t₁ + 1/t₂
 * @param largest the largest of these
 */
record Arrivals(
        double requests,
        double seconds,
        long looks,
        double lastRate,
        double lastSeconds,
        double squares,
        double largest) {

    static final Arrivals NONE = new Arrivals(0, 0, 0, 0, 0, 0, 0);

    /** What is allowed for while there is nothing to tell it by. */
    private static final double UNKNOWN = 10;

    private static final double ERRORS = 2;
    /** The share of the differences' mean square that is left when the largest of many is taken away is near to this or more. */
    private static final int FEW = 3;

    Arrivals plus(long more, double time) {
        double rate = more / time;
        double difference = rate - lastRate;
        double square = looks == 0 ? 0 : difference * difference / (1 / time + 1 / lastSeconds);
        return new Arrivals(
                requests + more, seconds + time, looks + 1, rate, time, squares + square, Math.max(largest, square));
    }

    /** Each second; 0 before the first look. */
    double rate() {
        return seconds == 0 ? 0 : requests / seconds;
    }

    /** The overdispersion that is allowed for, 1 or more. */
    double phi() {
        long pairs = looks - 1;
        if (pairs < FEW || requests == 0) {
            return UNKNOWN;
        }
        double kept = (squares - largest) / (pairs - 1) / rate();
        return Math.max(1, kept * (1 + ERRORS * Math.sqrt(3.0 / pairs)));
    }
}

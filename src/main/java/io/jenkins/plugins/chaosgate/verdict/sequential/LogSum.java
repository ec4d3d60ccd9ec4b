package io.jenkins.plugins.chaosgate.verdict.sequential;

/** Sums of numbers that are only known by their logarithms. Pure functions. */
final class LogSum {

    private LogSum() {}

    /** {@code ln(eᵃ + eᵇ)}; −∞ is the logarithm of nothing. */
    static double of(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
    }

    /** {@code ln Σ wᵢ exp(lᵢ)}. */
    static double of(double[] weights, double[] logs) {
        double largest = largest(logs);
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (int i = 0; i < logs.length; i++) {
            sum += weights[i] * Math.exp(logs[i] - largest);
        }
        return largest + Math.log(sum);
    }

    /** The logarithm of the mean of {@code exp(lᵢ)} over a part of an array. */
    static double mean(double[] logs, int from, int to) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, logs[i]);
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.exp(logs[i] - largest);
        }
        return largest + Math.log(sum / (to - from));
    }

    /** The largest of some, at least one. */
    static double largest(double[] logs) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            largest = Math.max(largest, log);
        }
        return largest;
    }
}

package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much traffic a threshold needs before a gate can say that it held.
 *
 * @param requests at least so many
 * @param within the time in which they must come
 * @param perSecond how many come; empty where nobody knows
 */
public record Needs(long requests, Duration within, OptionalDouble perSecond) {

    public Needs {
        Objects.requireNonNull(within, "within");
        Objects.requireNonNull(perSecond, "perSecond");
    }

    /** At a rate that is not known; empty where no requests are needed, or that cannot be told beforehand. */
    public static Optional<Needs> of(Threshold threshold, Watch watch) {
        return of(threshold, watch, OptionalDouble.empty());
    }

    /** At that many requests a second. */
    public static Optional<Needs> of(Threshold threshold, Watch watch, double perSecond) {
        return of(threshold, watch, OptionalDouble.of(perSecond));
    }

    private static Optional<Needs> of(Threshold threshold, Watch watch, OptionalDouble perSecond) {
        if (Decide.of(threshold) == Decide.EVERY_SAMPLE
                || threshold.judging().bounds().max().isEmpty()) {
            return Optional.empty();
        }
        long requests = Judgement.begin(
                        threshold, Instant.EPOCH, new Confidence(watch.alpha(), watch.beta()), Burstiness.NONE)
                .needed()
                .orElse(0);
        Duration within =
                threshold instanceof FailedRequests failed && failed.per().compareTo(watch.duration()) < 0
                        ? failed.per()
                        : watch.duration();
        return Optional.of(new Needs(requests, within, perSecond));
    }

    /** Whether that many requests come in time; true where nobody knows. */
    public boolean areMet() {
        return perSecond.isEmpty() || perSecond.getAsDouble() * within.toMillis() / 1000.0 >= requests;
    }

    /** {@code needs 299 requests, which come in 30s; 1m is long enough}; one line. */
    public String words(Watch watch) {
        String needs = "needs " + requests + (requests == 1 ? " request" : " requests");
        if (perSecond.isEmpty()) {
            return needs + " in " + Units.duration(within);
        }
        Duration time = Duration.ofSeconds((long) Math.ceil(requests / perSecond.getAsDouble()));
        String come = needs + ", which come in " + Units.duration(time);
        if (areMet()) {
            return come;
        }
        return come + ": too few for " + Units.duration(within)
                + (within.equals(watch.duration()) ? "; set a duration of at least that" : "; choose a smaller max");
    }
}

package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The exact numbers behind an observation, summed up since the moment from which the phase counts.
 *
 * @param judged the requests of those that are judged: how many, and how many of them were bad
 * @param stable the same of the stable version, over the same time; empty where nothing is compared
 * @param worst how many failed within any window of the threshold's length; empty where that is not asked
 * @param traffic how many requests came, whatever became of them; empty where that is not asked
 * @param unanswered those of them that no pod answered; empty where the callers' proxies tell nothing
 * @param affected how many calls the faults met meanwhile; empty where there is none, or nobody could count
 */
public record Counted(
        Count judged,
        Optional<Count> stable,
        Optional<FailedInAnyWindow> worst,
        Optional<Traffic> traffic,
        Optional<Unanswered> unanswered,
        OptionalLong affected) {

    public Counted {
        Objects.requireNonNull(judged, "judged");
        Objects.requireNonNull(stable, "stable");
        Objects.requireNonNull(worst, "worst");
        Objects.requireNonNull(traffic, "traffic");
        Objects.requireNonNull(unanswered, "unanswered");
        Objects.requireNonNull(affected, "affected");
    }

    /** Bad requests out of all, and nothing else. */
    public static Counted of(Count judged) {
        return new Counted(
                judged, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    /** The same with what the threshold's windows held. */
    public Counted within(FailedInAnyWindow window) {
        return new Counted(judged, stable, Optional.of(window), traffic, unanswered, affected);
    }

    /** The same beside what was counted of the stable version. */
    public Counted beside(Counted ofStable) {
        return new Counted(judged, Optional.of(ofStable.judged), worst, traffic, unanswered, affected);
    }

    /** The same with all requests that came. */
    public Counted of(Traffic came) {
        return new Counted(judged, stable, worst, Optional.of(came), unanswered, affected);
    }

    /** The same with what no pod answered. */
    public Counted with(Unanswered failed) {
        return new Counted(judged, stable, worst, traffic, Optional.of(failed), affected);
    }

    /** The same with how many calls the faults met. */
    public Counted affecting(OptionalLong calls) {
        return new Counted(judged, stable, worst, traffic, unanswered, calls);
    }
}

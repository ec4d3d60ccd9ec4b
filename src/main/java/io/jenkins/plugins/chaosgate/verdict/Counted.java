package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow;
import java.util.Objects;
import java.util.Optional;

/**
 * The exact numbers behind an observation, summed up since the moment from which the phase counts.
 *
 * @param judged the requests of those that are judged: how many, and how many of them were bad
 * @param stable the same of the stable version, over the same time; empty where nothing is compared
 * @param worst how many failed within any window of the threshold's length; empty where that is not asked
 */
public record Counted(Count judged, Optional<Count> stable, Optional<FailedInAnyWindow> worst) {

    public Counted {
        Objects.requireNonNull(judged, "judged");
        Objects.requireNonNull(stable, "stable");
        Objects.requireNonNull(worst, "worst");
    }

    /** Bad requests out of all, and nothing else. */
    public static Counted of(Count judged) {
        return new Counted(judged, Optional.empty(), Optional.empty());
    }

    /** The same with what the threshold's windows held. */
    public Counted within(FailedInAnyWindow window) {
        return new Counted(judged, stable, Optional.of(window));
    }

    /** The same beside what was counted of the stable version. */
    public Counted beside(Counted ofStable) {
        return new Counted(judged, Optional.of(ofStable.judged), worst);
    }
}

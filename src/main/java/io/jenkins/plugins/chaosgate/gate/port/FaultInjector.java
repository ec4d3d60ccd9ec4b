package io.jenkins.plugins.chaosgate.gate.port;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Puts faults into a mesh and takes them out. No method blocks its caller; every one may be called again. A stage that
 * fails does so with an exception whose message says what was expected, what was found and what to do, free of secrets.
 */
public interface FaultInjector {

    /**
     * Which cluster it is: the same for as long as a cluster lives, and another one for any other, also behind the same address.
     * Asks the cluster each time.
     *
     * @return empty where the cluster does not tell this account; fails where it does not answer
     */
    default CompletionStage<Optional<String>> identity() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** Looks at the cluster and works out what would be done. Changes nothing; what is wrong is a finding, not a failure. */
    CompletionStage<Plan> plan(Experiment experiment, GateTicket ticket);

    /** What keeps two gates from one target. */
    TargetLock lock();

    /** Asks the cluster whether it would take the change, without making it (server-side dry run). */
    CompletionStage<Void> dryRun(Change change);

    /**
     * Makes the change; for a guard, done when the cluster is sure to end it in time. When the stage fails the change may have been made all the same (an answer that was lost), so
     * it is rolled back then, too.
     */
    CompletionStage<Void> inject(Change change);

    /**
     * Tells the cluster that the gate lives: from now on the guard, and all that it owns, stays for one more lease. Also a
     * process that did not make it may do so: it takes the guard over.
     *
     * @return whether it was prolonged; false means that the guard is gone, and the faults with it. Fails where the
     *     cluster does not tell
     */
    CompletionStage<Boolean> prolong(Change guard);

    /** Whether the change is still in as it was made. */
    CompletionStage<Presence> look(Change change);

    /**
     * Whether calls are still routed as before, as far as one place tells; one bounded call to the cluster.
     *
     * @return what somebody else changed, who and when; empty where nothing was
     */
    default CompletionStage<Optional<String>> lookAtRouting(Routing before, Routing.Place place) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /**
     * The canary's pods as they are now; one bounded call to the cluster for each kind of member that there was before.
     *
     * @param before as they were at an earlier look
     * @return the same where this mesh has no pods to look at
     */
    default CompletionStage<CanaryPods> lookAtPods(Target target, CanaryPods before) {
        return CompletableFuture.completedFuture(before);
    }

    /**
     * One attempt to take the change out again; done when the cluster, asked once more, no longer shows it, and nothing that
     * this process asked for may still bring it in: what was not sent yet is taken back. Harmless where nothing is left.
     * Fails where it still stands, or the cluster does not tell; with a {@link MayStillComeException} where the cluster does
     * not show it, but what was sent may still be carried out.
     */
    CompletionStage<Void> rollback(Change change);

    /** The commands that a person would run to take the change out by hand. */
    List<String> undoCommands(Change change);

    /** What can roll canaries of the same cluster back. */
    default CanaryKeeper canaryKeeper() {
        return CanaryKeeper.NONE;
    }

    /** All faults of gates that are in the cluster, by their labels; in one namespace, or in all where it is empty. */
    CompletionStage<List<Leftover>> findLeftovers(Optional<String> namespace);
}

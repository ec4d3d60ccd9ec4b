package io.jenkins.plugins.chaosgate.gate.port;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps two gates from one target, also those of two controllers. What is taken is an object in the cluster, which {@link
 * FaultInjector#rollback} gives back. No method blocks its caller; every one may be called again.
 */
public interface TargetLock {

    /** Holds nobody off: for a mesh that has no place for a lock. */
    TargetLock NONE = new TargetLock() {
        @Override
        public Optional<Change> write(Experiment experiment, GateTicket ticket, Optional<Change> guard, Instant now) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Optional<Holder>> take(Change lock) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletionStage<Boolean> renew(Change lock) {
            return CompletableFuture.completedFuture(true);
        }
    };

    /**
     * Who holds the target.
     *
     * @param words who, and since when, for people
     * @param doubt how long it takes until it is known whether the holder lives; zero where it does
     */
    record Holder(String words, Duration doubt) {

        public Holder {
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(doubt, "doubt");
        }
    }

    /**
     * What taking the lock would make; asks nobody.
     *
     * @param guard what owns it, so that it goes when the gate dies; empty where nothing does
     * @return empty where there is no lock to take
     */
    Optional<Change> write(Experiment experiment, GateTicket ticket, Optional<Change> guard, Instant now);

    /**
     * One attempt to take it, or to take over what this gate holds already.
     *
     * @return empty when it is taken; else who holds the target. Where the stage fails it may have been taken all the same
     */
    CompletionStage<Optional<Holder>> take(Change lock);

    /** Tells that the holder lives; false where it no longer holds the lock. Fails where the cluster does not tell. */
    CompletionStage<Boolean> renew(Change lock);
}

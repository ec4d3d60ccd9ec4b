package io.jenkins.plugins.chaosgate.gate.port;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a controller writes down before it changes one cluster, so that it knows after a crash what may still be in. No
 * method blocks its caller.
 */
public interface Journal {

    /** Writes nothing down: for what changes nothing. */
    Journal NONE = new Journal() {
        @Override
        public CompletionStage<Void> open(GateTicket ticket, Change change) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> close(Change change) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<List<JournalEntry>> list() {
            return CompletableFuture.completedFuture(List.of());
        }
    };

    /**
     * Writes a change down. Only when the stage is done, and so the entry would survive a power cut, may the change be
     * made; where it fails, it must not be. Writing the same change again replaces the entry.
     */
    CompletionStage<Void> open(GateTicket ticket, Change change);

    /**
     * Notes that the cluster has said that it made the change: whoever comes later need not reckon with a request that is still
     * under way. Harmless where there is no entry; nothing else depends on it.
     */
    default CompletionStage<Void> answered(Change change) {
        return CompletableFuture.completedFuture(null);
    }

    /** Strikes a change out, which was seen to be gone. Harmless where there is no entry. */
    CompletionStage<Void> close(Change change);

    /** All that may still be in this cluster, of this and of earlier processes; newest first, as it is best taken out. */
    CompletionStage<List<JournalEntry>> list();
}

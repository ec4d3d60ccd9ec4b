package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.TargetLock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A lock in memory that somebody may hold for a while. */
final class FakeLock implements TargetLock {

    static final ObjectRef LEASE = new ObjectRef("coordination.k8s.io/v1", "Lease", "bookinfo", "chaos-gate-lock-1");

    /** Who holds it; empty where it is free. Asked at each attempt. */
    Function<Integer, Optional<Holder>> holder = attempt -> Optional.empty();

    final List<String> calls = new ArrayList<>();
    /** Whether the answer to an attempt is lost. */
    boolean lost;

    /** What renewing answers. */
    CompletionStage<Boolean> renewed = CompletableFuture.completedFuture(true);

    static Optional<Holder> alive(String who) {
        return Optional.of(new Holder(who, Duration.ZERO));
    }

    @Override
    public Optional<Change> write(Experiment experiment, GateTicket ticket, Optional<Change> guard, Instant now) {
        return Optional.of(new Change(ticket.id(), LEASE, false, "{}", List.of()));
    }

    @Override
    public CompletionStage<Optional<Holder>> take(Change lock) {
        calls.add("take");
        if (lost) {
            return CompletableFuture.failedFuture(new IllegalStateException("the answer was lost"));
        }
        return CompletableFuture.completedFuture(holder.apply((int) takes()));
    }

    @Override
    public CompletionStage<Boolean> renew(Change lock) {
        calls.add("renew");
        return renewed;
    }

    long takes() {
        return calls.stream().filter("take"::equals).count();
    }
}

package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.gate.port.Lateness;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Which changes that this process asked for may still come in although the cluster does not show them: those whose request
 * waits for a thread, or is being sent, or was sent but its answer was lost. Safe between threads.
 */
final class Landings {

    private final LongSupplier nanoTime;
    private final Map<ObjectRef, List<Request>> open = new ConcurrentHashMap<>();
    /** When the last request without an answer was given up. */
    private final Map<ObjectRef, Long> lostAt = new ConcurrentHashMap<>();

    /** @param nanoTime {@link System#nanoTime} */
    Landings(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private enum State {
        WAITS,
        HAS_BEGUN,
        IS_TAKEN_BACK
    }

    private static final class Request {

        private final AtomicReference<State> state = new AtomicReference<>(State.WAITS);

        boolean begin() {
            return state.compareAndSet(State.WAITS, State.HAS_BEGUN);
        }

        boolean takeBack() {
            return state.compareAndSet(State.WAITS, State.IS_TAKEN_BACK);
        }
    }

    /** Runs a call that makes a change, unless it was taken back before its turn came. */
    <T> CompletableFuture<T> ask(ObjectRef object, Supplier<T> call, Executor executor) {
        Request request = new Request();
        open.compute(object, (key, others) -> with(others, request));
        try {
            return CompletableFuture.supplyAsync(() -> turn(object, request, call), executor)
                    .whenComplete((made, failure) -> ended(object, request));
        } catch (RuntimeException refused) {
            ended(object, request);
            throw refused;
        }
    }

    private static <T> T turn(ObjectRef object, Request request, Supplier<T> call) {
        if (!request.begin()) {
            throw new CancellationException(object + " was taken back before it was asked for");
        }
        return call.get();
    }

    /** What waits for a thread will not be sent any more. */
    void takeBack(ObjectRef object) {
        for (Request request : open.getOrDefault(object, List.of())) {
            if (request.takeBack()) {
                ended(object, request);
            }
        }
    }

    private void ended(ObjectRef object, Request request) {
        open.computeIfPresent(object, (key, all) -> without(all, request));
    }

    /** A request was sent, and what became of it is unknown. */
    void isLost(ObjectRef object) {
        lostAt.put(object, nanoTime.getAsLong());
    }

    /** The request whose answer was lost has had its effect, and was the only one. */
    void isCertain(ObjectRef object) {
        lostAt.remove(object);
    }

    /** Whether a request for it is being sent. */
    boolean isOpen(ObjectRef object) {
        return open.containsKey(object);
    }

    /** For how long it may still come in; empty where it cannot. */
    Optional<Duration> doubt(ObjectRef object) {
        if (isOpen(object)) {
            return Optional.of(Lateness.LANDS_WITHIN);
        }
        return Optional.ofNullable(lostAt.get(object))
                .map(lost -> Lateness.LANDS_WITHIN.minusNanos(nanoTime.getAsLong() - lost))
                .filter(left -> !left.isNegative() && !left.isZero());
    }

    private static List<Request> with(List<Request> others, Request request) {
        List<Request> all = new ArrayList<>(others == null ? List.of() : others);
        all.add(request);
        return List.copyOf(all);
    }

    /** Nothing where none is left. */
    private static List<Request> without(List<Request> all, Request request) {
        List<Request> others = all.stream().filter(one -> one != request).toList();
        return others.isEmpty() ? null : others;
    }
}

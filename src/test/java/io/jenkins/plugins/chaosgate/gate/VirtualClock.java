package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** Time that a test turns. Everything that waits goes on in the thread that turns it. */
public final class VirtualClock implements GateClock {

    private record Alarm(Instant at, long order, CompletableFuture<Void> rung) {}

    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparing(Alarm::order));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long order;

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public CompletableFuture<Void> after(Duration delay) {
        Alarm alarm = new Alarm(now.plus(delay), order++, new CompletableFuture<>());
        alarms.add(alarm);
        return alarm.rung();
    }

    /** Lets that much time pass. */
    public void advance(Duration duration) {
        Instant end = now.plus(duration);
        while (!alarms.isEmpty() && !alarms.peek().at().isAfter(end)) {
            ringNext();
        }
        now = end;
    }

    /** Lets time pass until the future is done; at most a day. */
    public <T> T turnUntil(CompletableFuture<T> future) {
        Instant limit = now.plus(Duration.ofDays(1));
        while (!future.isDone()) {
            if (alarms.isEmpty()) {
                throw new AssertionError("nothing waits for the clock any more, and yet it is not done");
            }
            if (alarms.peek().at().isAfter(limit)) {
                throw new AssertionError("not done within a day");
            }
            ringNext();
        }
        return future.join();
    }

    /** Whoever waits waits in vain: the process that did is dead. */
    public void killWhoeverWaits() {
        alarms.clear();
    }

    private void ringNext() {
        Alarm alarm = alarms.poll();
        now = alarm.at().isAfter(now) ? alarm.at() : now;
        alarm.rung().complete(null);
    }
}

package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What lasts for one lease, and stays for as long as its gate says that it lives: the guard, or the lock. */
final class Kept {

    private final Function<Change, CompletableFuture<Void>> open;
    private final Function<Change, CompletableFuture<Void>> close;
    private volatile Optional<Change> mayBeIn = Optional.empty();
    private volatile Optional<Heartbeat> heartbeat = Optional.empty();

    /**
     * @param open writes it down in the journal; fails where nothing is written
     * @param close strikes it out; never fails
     */
    Kept(Function<Change, CompletableFuture<Void>> open, Function<Change, CompletableFuture<Void>> close) {
        this.open = open;
        this.close = close;
    }

    /** To be done before it is asked for: from then on it has to be taken out again. Where it fails, nothing has. */
    CompletableFuture<Void> willBeIn(Change change) {
        return open.apply(change).thenAccept(written -> mayBeIn = Optional.of(change));
    }

    /** An earlier process may have made it. */
    void mayBeIn(Optional<Change> change) {
        mayBeIn = change;
    }

    /** It was seen to be gone. Done when that is written down, or could not be; never fails. */
    CompletableFuture<Void> isOut(Change change) {
        letGo();
        mayBeIn = Optional.empty();
        return close.apply(change);
    }

    /** Empty where it surely is not in. */
    Optional<Change> mayBeIn() {
        return mayBeIn;
    }

    /** Keeps it from now on. */
    void keep(Heartbeat beating) {
        heartbeat = Optional.of(beating);
        beating.start();
    }

    /** Keeps it again after it was left to itself; nothing is kept where nothing was. */
    void keepOn() {
        heartbeat.map(Heartbeat::again).ifPresent(this::keep);
    }

    /** Leaves it to itself. */
    void letGo() {
        heartbeat.ifPresent(Heartbeat::stop);
    }

    /** Why it can no longer be relied on; empty while all is well, or nothing is kept. */
    Optional<String> trouble(Instant now) {
        return heartbeat.flatMap(beating -> beating.trouble(now));
    }
}

package io.jenkins.plugins.chaosgate.simulation;

import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hands out the troubles of a run, and writes down all that happens, for whoever has to find out why it failed. */
final class Troubles {

    private static final int LONGEST_LINE = 300;

    private final Schedule schedule;
    private final GateClock clock;
    private final Instant beginning;
    private final List<String> story = new ArrayList<>();
    private int requests;
    private boolean over;
    private boolean lied;
    private boolean late;
    private Optional<Instant> seenGone = Optional.empty();

    Troubles(Schedule schedule, GateClock clock) {
        this.schedule = schedule;
        this.clock = clock;
        this.beginning = clock.now();
    }

    /** The number of the next request. */
    int next() {
        return ++requests;
    }

    Optional<Trouble> of(int request, String method, String path) {
        Optional<Trouble> trouble = over ? Optional.empty() : schedule.trouble(request, method + " " + path);
        tell(request + " " + method + " " + path
                + trouble.map(one -> "   " + one).orElse(""));
        boolean concernsFault = path.contains("/chaos-gate-") || path.contains("/virtualservices/");
        lied |= trouble.filter(Trouble::isLie).isPresent() && method.equals("GET") && concernsFault;
        late |= trouble.filter(Trouble::isLate).isPresent() && !method.equals("GET") && !method.equals("DELETE");
        return trouble;
    }

    /** An answer of the API itself. */
    void answered(String method, String path, Optional<Trouble> trouble, SimulatedApi.Answer answer) {
        boolean gone = method.equals("GET")
                && path.contains("/chaos-gate-")
                && !path.contains("/jobs/")
                && !path.contains("/leases/")
                && answer.status() == 404;
        if (gone && trouble.isEmpty()) {
            seenGone = Optional.of(clock.now());
        }
    }

    Duration slowness(int request) {
        return schedule.slowness(request);
    }

    /** How long after the client gave it up a request is carried out. */
    Duration lateness(int request, Trouble trouble) {
        return trouble.kind() == Trouble.Kind.QUEUED ? schedule.queueing(request) : schedule.slowness(request);
    }

    void tell(String what) {
        String line = Duration.between(beginning, clock.now()).toMillis() / 1000.0 + "  " + what;
        story.add(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
    }

    /** All is well from now on. */
    void end() {
        over = true;
        tell("all is well from now on");
    }

    /** Whether the API said of something that is there that it is not, so that nobody could know better. */
    private boolean lied() {
        return lied;
    }

    /** Whether a request had its effect after it was given up, so that nobody could know of it. */
    boolean wasLate() {
        return late;
    }

    /** Whether a gate may be mistaken about what is in, and could not help it. */
    boolean mayHaveDeceived() {
        return lied();
    }

    /** When the cluster last said, and truly, that a fault's object is gone. */
    Optional<Instant> seenGone() {
        return seenGone;
    }

    int requests() {
        return requests;
    }

    String story() {
        return String.join("\n", story);
    }
}

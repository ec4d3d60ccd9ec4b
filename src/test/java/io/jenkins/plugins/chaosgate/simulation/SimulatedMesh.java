package io.jenkins.plugins.chaosgate.simulation;

import io.jenkins.plugins.chaosgate.gate.port.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When the proxies hurt requests: since a fault's object was there, and a moment longer than it is. */
final class SimulatedMesh {

    static final Duration PROPAGATION = Duration.ofMillis(130);

    private record Switched(Instant at, boolean on) {}

    private final List<Switched> history = new ArrayList<>();

    /** A fault is in the cluster from now on, or is not. */
    void set(Instant now, boolean on) {
        if (isOn() != on) {
            history.add(new Switched(now.plus(PROPAGATION), on));
        }
    }

    boolean isOn() {
        return !history.isEmpty() && history.get(history.size() - 1).on();
    }

    /** For how much of the window requests were hurt. */
    Duration hurt(Window window) {
        Duration hurt = Duration.ZERO;
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).on()) {
                Instant from = later(history.get(i).at(), window.from());
                Instant off = i + 1 < history.size() ? history.get(i + 1).at() : window.to();
                Instant to = off.isBefore(window.to()) ? off : window.to();
                hurt = from.isBefore(to) ? hurt.plus(Duration.between(from, to)) : hurt;
            }
        }
        return hurt;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

package io.jenkins.plugins.chaosgate.gate.port;

/** Follows a gate: a report, a terminal, a build's page. Called for one event after another, never twice at once. */
@FunctionalInterface
public interface GateListener {

    /** Takes an event; must return soon and must not throw. */
    void on(GateEvent event);
}

package io.jenkins.plugins.chaosgate.pipeline.page;

import hudson.ExtensionPoint;

/** Whoever can end a running gate early. */
public interface GateStopper extends ExtensionPoint {

    /**
     * Asks a gate to take its faults out and end; returns at once.
     *
     * @param why one line for people, who see it as the gate's reason
     * @return false where no such gate is running here
     */
    boolean stop(String gateId, String why);
}

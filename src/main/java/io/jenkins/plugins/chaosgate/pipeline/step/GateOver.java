package io.jenkins.plugins.chaosgate.pipeline.step;

import jenkins.model.CauseOfInterruption;

/** Why the block of a gate is ended: it was there for the gate, and the gate is over. */
public final class GateOver extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    @Override
    public String getShortDescription() {
        return "The chaos gate around this block is over";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GateOver;
    }

    @Override
    public int hashCode() {
        return GateOver.class.hashCode();
    }
}

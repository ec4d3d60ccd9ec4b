package org.jenkinsci.plugins.workflow.graph;

import hudson.model.Action;
import hudson.model.Actionable;

/** A place in the graph of a pipeline. */
public abstract class FlowNode extends Actionable {

    public final boolean isActive() {
        return false;
    }

    @Override
    public boolean addOrReplaceAction(Action action) {
        return false;
    }
}

package org.jenkinsci.plugins.workflow.steps;

import hudson.model.Result;
import jenkins.model.CauseOfInterruption;

/** Ends a pipeline with a result that is no error's. */
public final class FlowInterruptedException extends InterruptedException {

    private static final long serialVersionUID = 630482382622970136L;

    public FlowInterruptedException(Result result, boolean actualInterruption, CauseOfInterruption... causes) {}
}

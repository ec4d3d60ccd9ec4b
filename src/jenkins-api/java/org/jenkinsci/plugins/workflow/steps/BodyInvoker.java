package org.jenkinsci.plugins.workflow.steps;

/** Begins a step's block. */
public abstract class BodyInvoker {

    public abstract BodyInvoker withCallback(BodyExecutionCallback callback);

    public abstract BodyExecution start();
}

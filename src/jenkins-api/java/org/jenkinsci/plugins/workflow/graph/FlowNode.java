package org.jenkinsci.plugins.workflow.graph;

/** A place in the graph of a pipeline. */
public abstract class FlowNode {}

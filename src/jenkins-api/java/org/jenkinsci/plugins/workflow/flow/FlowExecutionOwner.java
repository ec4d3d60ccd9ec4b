package org.jenkinsci.plugins.workflow.flow;

import java.io.IOException;
import java.io.Serializable;

/** How to find a pipeline that runs, also after a restart. */
public abstract class FlowExecutionOwner implements Serializable {

    private static final long serialVersionUID = 1L;

    public abstract FlowExecution get() throws IOException;

    /** A build that runs a pipeline. */
    public interface Executable {

        FlowExecutionOwner asFlowExecutionOwner();
    }
}

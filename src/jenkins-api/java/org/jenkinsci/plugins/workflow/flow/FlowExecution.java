package org.jenkinsci.plugins.workflow.flow;

import org.springframework.security.core.Authentication;

/** A pipeline that runs. */
public abstract class FlowExecution {

    public Authentication getAuthentication2() {
        return null;
    }
}

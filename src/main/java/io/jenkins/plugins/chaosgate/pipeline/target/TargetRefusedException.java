package io.jenkins.plugins.chaosgate.pipeline.target;

import hudson.AbortException;

/** A build may not do this to that target. Its message says why, and what can be done about it. */
public final class TargetRefusedException extends AbortException {

    private static final long serialVersionUID = 1L;

    TargetRefusedException(String message) {
        super(message);
    }
}

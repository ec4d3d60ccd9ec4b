package org.jenkinsci.plugins.workflow.steps;

import java.io.IOException;
import java.io.Serializable;

/** Where a step is in its pipeline, and how it ends. */
public abstract class StepContext implements Serializable {

    private static final long serialVersionUID = 1L;

    public abstract <T> T get(Class<T> type) throws IOException, InterruptedException;

    public abstract void onSuccess(Object result);

    public abstract void onFailure(Throwable failure);

    public boolean hasBody() {
        return false;
    }

    public abstract BodyInvoker newBodyInvoker() throws IllegalStateException;
}

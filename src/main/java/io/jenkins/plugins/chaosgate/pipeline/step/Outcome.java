package io.jenkins.plugins.chaosgate.pipeline.step;

import hudson.model.Result;

/** What a verdict other than a pass does to the build. */
public enum Outcome {
    /** The step fails, and with it the build unless somebody catches it. */
    FAILURE(Result.FAILURE),
    /** The step returns its result, and the build is unstable. */
    UNSTABLE(Result.UNSTABLE),
    /** The step returns its result, and that is all. */
    SUCCESS(Result.SUCCESS);

    private final Result result;

    Outcome(Result result) {
        this.result = result;
    }

    /** What Jenkins calls it. */
    public Result result() {
        return result;
    }
}

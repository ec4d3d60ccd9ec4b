package io.jenkins.plugins.chaosgate.pipeline.step;

import hudson.model.Result;
import io.jenkins.plugins.chaosgate.verdict.Verdict;

/**
 * What a verdict means for the build, by the author's choice. A fault that may still be in always fails the build.
 *
 * @param onViolation for a canary that did not hold; not null
 * @param onInconclusive where nothing can be said; not null
 */
record Consequence(Result onViolation, Result onInconclusive) {

    Result of(Verdict verdict) {
        return switch (verdict.kind()) {
            case PASSED -> Result.SUCCESS;
            case VIOLATED -> onViolation;
            case INCONCLUSIVE -> onInconclusive;
            case ABORTED -> Result.ABORTED;
            case ROLLBACK_FAILED -> Result.FAILURE;
        };
    }
}

package io.jenkins.plugins.chaosgate.pipeline.step;

import io.jenkins.plugins.chaosgate.report.Clean;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.Objects;
import jenkins.model.CauseOfInterruption;

/** A gate's verdict, as the cause why a pipeline does not go on. */
public final class VerdictCause extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String words;

    VerdictCause(Verdict verdict) {
        words = verdict.kind() + ": " + Clean.line(verdict.reason());
    }

    @Override
    public String getShortDescription() {
        return "Chaos gate " + words;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerdictCause cause && words.equals(cause.words);
    }

    @Override
    public int hashCode() {
        return Objects.hash(words);
    }
}

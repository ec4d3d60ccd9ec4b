package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.report.Clean;
import java.util.concurrent.CompletionException;

/** What people are told of a failure, on one clean line. */
final class Failure {

    private Failure() {}

    /** Its message, or its type where it has none; wrappers of futures are taken off. */
    static String words(Throwable failure) {
        Throwable inner = failure;
        while (inner instanceof CompletionException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        String message = inner.getMessage();
        return Clean.line(
                message == null || message.isBlank() ? inner.getClass().getSimpleName() : message);
    }
}

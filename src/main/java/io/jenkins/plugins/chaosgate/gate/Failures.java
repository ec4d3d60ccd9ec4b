package io.jenkins.plugins.chaosgate.gate;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What people are told of a failure. */
final class Failures {

    private Failures() {}

    /** The failure itself, out of the wrappers that futures put around it. */
    static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Its message, or its type where it has none. */
    static String words(Throwable failure) {
        Throwable inner = unwrap(failure);
        return inner.getMessage() == null || inner.getMessage().isBlank()
                ? inner.getClass().getSimpleName()
                : inner.getMessage();
    }
}

package io.jenkins.plugins.chaosgate.cli;

/** The program was called well but the world does not let it begin. Exit status 5. */
final class CouldNotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CouldNotStartException(String what, Throwable cause) {
        super(what + ": " + Failure.words(cause), cause);
    }
}

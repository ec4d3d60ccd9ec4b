package io.jenkins.plugins.chaosgate.cli;

/** The program was called in a way that cannot work; the message says what to do and holds no secret. Exit status 2. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}

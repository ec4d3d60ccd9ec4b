package io.jenkins.plugins.chaosgate.gate;

/** Somebody ended the gate: unwinds whatever phase it is in, down to the rollback. */
final class AbortedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AbortedException(String why) {
        super(why);
    }
}

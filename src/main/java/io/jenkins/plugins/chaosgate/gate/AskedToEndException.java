package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.verdict.Verdict;

/** Somebody asked the gate to end: unwinds whatever phase it is in, down to the rollback. */
final class AskedToEndException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Verdict verdict;

    AskedToEndException(Verdict verdict) {
        super(verdict.reason());
        this.verdict = verdict;
    }

    Verdict verdict() {
        return verdict;
    }
}

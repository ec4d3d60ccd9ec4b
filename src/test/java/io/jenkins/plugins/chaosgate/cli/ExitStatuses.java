package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.verdict.Verdict;

/** What the command line ends with, for tests elsewhere. */
public final class ExitStatuses {

    private ExitStatuses() {}

    public static int of(Verdict verdict) {
        return ExitStatus.of(verdict);
    }
}

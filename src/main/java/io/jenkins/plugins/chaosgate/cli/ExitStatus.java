package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.List;

/** What the process ends with; docs/command-line.md explains each to users. */
final class ExitStatus {

    static final int PASSED = 0;
    static final int VIOLATED = 1;
    static final int USAGE = 2;
    static final int INCONCLUSIVE = 3;
    static final int ROLLBACK_FAILED = 4;
    static final int COULD_NOT_START = 5;
    static final int ABORTED = 130;

    private ExitStatus() {}

    /** Of a gate that is over. */
    static int of(Verdict verdict) {
        return switch (verdict.kind()) {
            case PASSED -> PASSED;
            case VIOLATED -> VIOLATED;
            case INCONCLUSIVE -> verdict.started() ? INCONCLUSIVE : COULD_NOT_START;
            case ABORTED -> ABORTED;
            case ROLLBACK_FAILED -> ROLLBACK_FAILED;
        };
    }

    /** Of a gate that was only checked: what it would have ended with had it been refused, else 0. */
    static int of(List<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR)) {
            return COULD_NOT_START;
        }
        return findings.stream().anyMatch(Finding::stopsTheGate) ? INCONCLUSIVE : PASSED;
    }

    /** The same, where a report that was asked for could not be written: no pass without its evidence. */
    static int withoutReport(int status) {
        return status == PASSED ? INCONCLUSIVE : status;
    }
}

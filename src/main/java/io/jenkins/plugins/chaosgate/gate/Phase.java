package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One part of a gate's life on the way to its verdict. */
interface Phase {

    PhaseName name();

    /** Runs the phase without holding a thread. Empty: the gate goes on; a verdict: it ends here. */
    CompletionStage<Optional<Verdict>> run(GateRun run);
}

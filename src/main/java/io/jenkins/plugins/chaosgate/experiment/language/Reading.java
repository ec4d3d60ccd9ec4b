package io.jenkins.plugins.chaosgate.experiment.language;

import java.time.Duration;
import java.util.Optional;

/**
 * What every type needs while it reads.
 *
 * @param problems where to say what is wrong
 * @param namespace the target's namespace, which service names without one belong to; empty where the file has none,
 *     which is a problem of its own
 * @param duration how long is watched under the fault, which no preset goes beyond; empty where the file does not say so,
 *     or says it wrongly
 */
record Reading(Problems problems, String namespace, Optional<Duration> duration) {

    /** Says that a piece of the file is of the wrong shape, unless its problem is noted already. */
    void refuse(Node node, String path, String expected) {
        if (node instanceof Node.Broken) {
            problems.again();
        } else {
            problems.add(node.at(), path, node.describe(), expected);
        }
    }
}

package io.jenkins.plugins.chaosgate.experiment.language;

/**
 * What every type needs while it reads.
 *
 * @param problems where to say what is wrong
 * @param namespace the target's namespace, which service names without one belong to; empty where the file has none,
 *     which is a problem of its own
 */
record Reading(Problems problems, String namespace) {

    /** Says that a piece of the file is of the wrong shape, unless its problem is noted already. */
    void refuse(Node node, String path, String expected) {
        if (node instanceof Node.Broken) {
            problems.again();
        } else {
            problems.add(node.at(), path, node.describe(), expected);
        }
    }
}

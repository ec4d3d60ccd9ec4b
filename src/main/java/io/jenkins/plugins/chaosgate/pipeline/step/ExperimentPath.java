package io.jenkins.plugins.chaosgate.pipeline.step;

import java.util.List;

/** The path of an experiment's file, as an author writes it. */
final class ExperimentPath {

    static final String EXPECTED = "expected a path inside the workspace, such as chaos/ratings.yaml";

    private ExperimentPath() {}

    /** Whether it can be seen from the path alone that it leads out of the workspace; null does not. */
    static boolean leavesTheWorkspace(String path) {
        return path != null
                && (path.startsWith("/")
                        || path.matches("[A-Za-z]:.*")
                        || List.of(path.split("[/\\\\]")).contains(".."));
    }
}

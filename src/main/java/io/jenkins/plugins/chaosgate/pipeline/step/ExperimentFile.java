package io.jenkins.plugins.chaosgate.pipeline.step;

import hudson.AbortException;
import hudson.FilePath;
import java.io.IOException;
import java.io.InputStream;

/** An experiment's file in a workspace, here or on an agent. */
final class ExperimentFile {

    /** One byte beyond what the language takes, so that its own message is given for what is too large. */
    private static final int MOST = (1 << 20) + 1;

    private ExperimentFile() {}

    /**
     * Reads it.
     *
     * @param path inside the workspace
     * @throws IOException where it is not there, or not inside
     */
    static byte[] read(FilePath workspace, String path) throws IOException, InterruptedException {
        if (!isInside(workspace, path)) {
            throw new AbortException("chaosExperiment: file: no file '" + path + "' inside the workspace "
                    + workspace.getRemote() + "; check it out first, and give its path from there, such as"
                    + " chaos/ratings.yaml");
        }
        try (InputStream in = workspace.child(path).read()) {
            return in.readNBytes(MOST);
        }
    }

    /** Whether it is there, and no link leads out of the workspace. */
    private static boolean isInside(FilePath workspace, String path) throws IOException, InterruptedException {
        try {
            return workspace.isDescendant(path);
        } catch (IllegalArgumentException absolute) {
            return false;
        }
    }
}

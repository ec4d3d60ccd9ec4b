package io.jenkins.plugins.chaosgate.testbed.parts;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of this repository, in which the testbed finds its scripts and manifests. */
public final class Home {

    private Home() {}

    /**
     * The repository's folder: the working folder, or the nearest one above it that has {@code testbed/install}.
     *
     * @throws IllegalStateException when there is none
     */
    public static Path folder() {
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("testbed/install"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "expected to run in the repository's folder, found no testbed/install in or above " + here);
    }

    /** A file of {@code testbed/manifests}. */
    public static Path manifest(String name) {
        return folder().resolve("testbed/manifests").resolve(name);
    }
}

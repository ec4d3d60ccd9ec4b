package io.jenkins.plugins.chaosgate.testbed.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The programs of a bed, as {@code testbed/install} puts them into the cache. */
public final class Install {

    private Install() {}

    /**
     * The folder with the programs. Installs what is missing first, which is told on standard error: seconds for
     * {@code quick}, many minutes the first time for {@code full}.
     *
     * @param size {@code quick} or {@code full}
     * @throws IllegalStateException when an install fails; standard error has the reason
     */
    public static Path programs(String size) {
        List<String> command = List.of(Home.folder().resolve("testbed/install").toString(), size);
        try {
            Process install = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String folder = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = install.waitFor();
            if (status != 0) {
                throw new IllegalStateException(
                        "testbed/install %s ended with status %d; run it by hand to see why".formatted(size, status));
            }
            return Path.of(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException("could not run " + command, failure);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while installing", asked);
        }
    }
}

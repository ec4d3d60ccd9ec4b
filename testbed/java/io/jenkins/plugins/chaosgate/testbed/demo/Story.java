package io.jenkins.plugins.chaosgate.testbed.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of the command line, as a process of its own. Its lines are kept from the start, so that a story can be told
 * while another one is still running. It is asked to end when this JVM ends, and rolls back then.
 */
final class Story implements AutoCloseable {
    private static final long ROLLBACK_LIMIT_SECONDS = 30;

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private boolean ended;

    private Story(Process process, String name) {
        this.process = process;
        reader = new Thread(this::read, "story-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a command in a folder; standard error comes among its lines.
     *
     * @param name for people who look at threads
     */
    static Story start(String name, Path folder, List<String> command) throws IOException {
        List<String> tied = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM", "--"));
        tied.addAll(command);
        return new Story(
                new ProcessBuilder(tied)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start(),
                name);
    }

    /** Tells every line from the first, waits for more, and returns the exit status once the process has ended. */
    int tell(Consumer<String> listener) throws InterruptedException {
        for (int told = 0; ; told++) {
            String line;
            synchronized (lines) {
                while (told == lines.size() && !ended) {
                    lines.wait();
                }
                if (told == lines.size()) {
                    break;
                }
                line = lines.get(told);
            }
            listener.accept(line);
        }
        return process.waitFor();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException broken) {
            add("the output of the command line broke off: " + broken.getMessage());
        } finally {
            synchronized (lines) {
                ended = true;
                lines.notifyAll();
            }
        }
    }

    private void add(String line) {
        synchronized (lines) {
            lines.add(line);
            lines.notifyAll();
        }
    }

    /** Asks it to end if it still runs, and gives it the time to roll back. */
    @Override
    public void close() {
        process.toHandle().destroy(); // by its handle, which leaves its output open for what it says of the rollback
        try {
            if (!process.waitFor(ROLLBACK_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException asked) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

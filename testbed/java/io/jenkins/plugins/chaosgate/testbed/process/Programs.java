package io.jenkins.plugins.chaosgate.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * The running programs of one bed. Each writes into a log file of its own. They end in the reverse order of their start, so
 * that who calls ends before who is called, and they die with the JVM even when that is killed.
 */
public final class Programs implements AutoCloseable {

    /**
     * Linux ends a child when the <em>thread</em> that started it ends, so all are started by one thread that lives as long
     * as the JVM.
     */
    private static final Executor STARTER = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "testbed-starter");
        thread.setDaemon(true);
        return thread;
    });

    private final Path logs;
    private final Deque<Running> running = new ArrayDeque<>();

    /**
     * No programs yet.
     *
     * @param logs the folder for the log files; made when it is not there
     */
    public Programs(Path logs) {
        try {
            this.logs = Files.createDirectories(logs).toAbsolutePath();
        } catch (IOException failure) {
            throw new UncheckedIOException("could not make the folder for logs " + logs, failure);
        }
    }

    /** The folder with the logs, absolute. */
    public Path logs() {
        return logs;
    }

    /**
     * Starts a program; its output is added to NAME.log.
     *
     * @throws UncheckedIOException when it cannot be started
     */
    public synchronized Running start(Program program) {
        Path log = logs.resolve(program.name() + ".log");
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        command.addAll(program.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(logs.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(program.environment());
        Running started = new Running(program, startOnStarter(builder), log);
        running.push(started);
        return started;
    }

    /** Ends those that are given, asking all of them at once, and waits for them. */
    public synchronized void stop(List<Running> several) {
        several.forEach(Running::requestStop);
        several.forEach(Running::stop);
        running.removeAll(several);
    }

    /** Ends every program, the last started first, and waits for each; harmless the second time. */
    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            running.pop().stop();
        }
    }

    private static Process startOnStarter(ProcessBuilder builder) {
        try {
            return CompletableFuture.supplyAsync(() -> startNow(builder), STARTER)
                    .join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof UncheckedIOException cause ? cause : failure;
        }
    }

    private static Process startNow(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "could not start %s; programs are started by setpriv, of Debian's package util-linux"
                            .formatted(builder.command()),
                    failure);
        }
    }
}

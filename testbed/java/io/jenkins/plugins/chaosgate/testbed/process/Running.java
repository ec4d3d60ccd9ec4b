package io.jenkins.plugins.chaosgate.testbed.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A program that was started. It dies with this JVM, however the JVM ends. */
public final class Running {

    private static final int QUOTED_BYTES = 4000;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Program program;
    private final Process process;
    private final Path log;

    Running(Program program, Process process, Path log) {
        this.program = program;
        this.process = process;
        this.log = log;
    }

    /** What was started. */
    public Program program() {
        return program;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /**
     * Returns once the condition holds.
     *
     * @throws IllegalStateException when the program ends first or time is up; the message quotes the end of its log
     */
    public Running awaitReady(Duration limit, Callable<Boolean> ready) {
        Await.until(program.name() + " to be ready", limit, () -> !alive() || ready.call(), this::quote);
        if (!alive()) {
            throw new IllegalStateException("expected %s to be ready, it ended with status %d%s"
                    .formatted(program.name(), process.exitValue(), quote()));
        }
        return this;
    }

    /** Asks it to end, kills it if it has not within five seconds, and returns when it is gone. */
    public void stop() {
        process.destroy();
        if (!goneWithin(GRACE)) {
            process.destroyForcibly();
            goneWithin(GRACE);
        }
    }

    /** Kills it, as a crash would, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        goneWithin(GRACE);
    }

    void requestStop() {
        process.destroy();
    }

    private boolean goneWithin(Duration limit) {
        boolean interrupted = false;
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            while (true) {
                try {
                    return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException asked) { // an interrupt must not leave a process behind
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The end of the log, as an addition to an error message. */
    private String quote() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - QUOTED_BYTES));
            byte[] end = new byte[(int) Math.min(file.length(), QUOTED_BYTES)];
            file.readFully(end);
            return "; the end of " + log + ":\n" + new String(end, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            return "; its log cannot be read: " + failure.getMessage();
        }
    }
}

package io.jenkins.plugins.chaosgate.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * What happens at SIGINT and SIGTERM: the gate is asked to end, the process waits until the fault is out and the reports
 * are written, and only then ends, with the gate's exit status. More signals change nothing: the Java runtime is shutting
 * down already, and that waits for us.
 */
final class Interruption implements AutoCloseable {

    private final PrintStream err;
    private final Duration patience;
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final Thread hook = new Thread(this::interrupted, "chaos-gate-interruption");
    private Optional<Consumer<String>> abort = Optional.empty();
    private boolean interrupted;

    private Interruption(PrintStream err, Duration patience) {
        this.err = err;
        this.patience = patience;
    }

    /**
     * From now on signals are handled.
     *
     * @param patience how long a rollback may take before the process gives up
     */
    static Interruption install(PrintStream err, Duration patience) {
        Interruption interruption = new Interruption(err, patience);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /**
     * There is something to abort from now on. Aborted at once where a signal came before.
     *
     * @return false where a signal came before: then nothing must be begun
     */
    synchronized boolean aborts(Consumer<String> gate) {
        abort = Optional.of(gate);
        return !interrupted;
    }

    /** All is done, reports included. */
    void ended(int exitStatus) {
        status.complete(exitStatus);
    }

    /** Signals end the process as usual again; where one came already, the process ends while this waits. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is at work and will end the process with the status that was given.
            status.complete(ExitStatus.ABORTED);
        }
    }

    private void interrupted() {
        Optional<Consumer<String>> gate;
        synchronized (this) {
            interrupted = true;
            gate = abort;
        }
        if (gate.isEmpty()) {
            Runtime.getRuntime().halt(ExitStatus.ABORTED);
        }
        if (!status.isDone()) {
            err.println("interrupted: taking the fault out first, please wait");
        }
        gate.get().accept("interrupted by a signal (SIGINT or SIGTERM)");
        Runtime.getRuntime().halt(await());
    }

    private int await() {
        try {
            return status.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            err.println("error: the gate did not end within " + patience.toSeconds()
                    + " s; a fault may still be in: run chaos-gate sweep");
        } catch (InterruptedException | ExecutionException e) {
            err.println("error: the wait for the gate's end broke off; a fault may still be in: run chaos-gate sweep");
        }
        return ExitStatus.ROLLBACK_FAILED;
    }
}

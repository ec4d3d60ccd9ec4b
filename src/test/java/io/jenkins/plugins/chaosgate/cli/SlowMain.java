package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.gate.SystemClock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The program in a fake world, but in real time and in a process of its own: for signals. */
public final class SlowMain {

    private SlowMain() {}

    public static void main(String[] args) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        FakeWorld world = new FakeWorld();
        world.clock = new SystemClock(timer, Runnable::run);
        Surroundings surroundings = new Surroundings(System.getenv(), System.out, System.err, false, () -> world);
        System.exit(new Main(surroundings).execute(args));
    }
}

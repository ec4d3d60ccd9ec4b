package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateListener;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.report.ConsoleLines;
import io.jenkins.plugins.chaosgate.report.LiveLine;
import io.jenkins.plugins.chaosgate.report.Paint;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows a gate while it runs: lines everywhere, and on a terminal a live line, drawn once a second. */
final class Screen implements GateListener, AutoCloseable {

    private final ConsoleLines lines;
    private final LiveLine live;
    private final Terminal terminal;
    private final Optional<ScheduledExecutorService> ticker;

    private Screen(ConsoleLines lines, LiveLine live, Terminal terminal, Optional<ScheduledExecutorService> ticker) {
        this.lines = lines;
        this.live = live;
        this.terminal = terminal;
        this.ticker = ticker;
    }

    static Screen of(
            Experiment experiment,
            GateTicket ticket,
            GateClock clock,
            Surroundings surroundings,
            boolean noColour,
            Optional<String> report) {
        boolean colour = surroundings.terminal()
                && !noColour
                && surroundings.variable("NO_COLOR").isEmpty();
        Paint paint = colour ? Paint.ANSI : Paint.PLAIN;
        Duration watchEvery = surroundings.terminal() ? Duration.ofMinutes(1) : Duration.ofSeconds(10);
        Terminal terminal = new Terminal(surroundings.out());
        ConsoleLines lines = new ConsoleLines(
                experiment, ticket, new ConsoleLines.Settings(paint, watchEvery, report), terminal::line);
        LiveLine live = new LiveLine(experiment, ticket, paint);
        Optional<ScheduledExecutorService> ticker =
                surroundings.terminal() ? Optional.of(ticking(terminal, live, clock)) : Optional.empty();
        return new Screen(lines, live, terminal, ticker);
    }

    private static ScheduledExecutorService ticking(Terminal terminal, LiveLine live, GateClock clock) {
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "chaos-gate-screen");
            thread.setDaemon(true);
            return thread;
        });
        ticker.scheduleAtFixedRate(() -> terminal.live(live.at(clock.now())), 1, 1, TimeUnit.SECONDS);
        return ticker;
    }

    @Override
    public void on(GateEvent event) {
        live.on(event);
        if (ticker.isPresent()) {
            terminal.live(live.at(event.at()));
        }
        lines.on(event);
    }

    @Override
    public void close() {
        ticker.ifPresent(ScheduledExecutorService::shutdownNow);
    }
}

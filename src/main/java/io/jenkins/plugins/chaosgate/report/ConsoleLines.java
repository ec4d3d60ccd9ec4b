package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.Finding.Severity;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent.Sight;
import io.jenkins.plugins.chaosgate.gate.port.GateListener;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Tells the story of a gate in lines, the same ones on a terminal and in a build's log. Each line is given to a consumer
 * without its line break, free of control characters except for colours of its own. One instance follows one gate.
 */
public final class ConsoleLines implements GateListener {

    private static final int COLUMN = 13;

    private final Experiment experiment;
    private final GateTicket ticket;
    private final Settings settings;
    private final Consumer<String> out;
    private final SightWords words;
    private boolean begun;
    private Optional<PhaseName> lastPhase = Optional.empty();
    private List<Sight> lastSights = List.of();
    private Optional<Instant> lastWatchLine = Optional.empty();
    private Optional<PhaseName> lastWatchPhase = Optional.empty();
    private String lastPicture = "";
    private Optional<GateEvent.Decided> decided = Optional.empty();
    private Optional<GateEvent.OthersSeen> others = Optional.empty();
    private Optional<Instant> faultInAt = Optional.empty();
    private long hurt;
    private long errors;

    /**
     * How the lines are written.
     *
     * @param watchEvery the longest time between two lines while nothing but values changes
     * @param report where the report will lie, for the last line; empty says nothing of it
     */
    public record Settings(Paint paint, Duration watchEvery, Optional<String> report) {

        /** No colours, a line each 10 s, no report. */
        public static final Settings PLAIN = new Settings(Paint.PLAIN, Duration.ofSeconds(10), Optional.empty());

        public Settings {
            Objects.requireNonNull(paint, "paint");
            Objects.requireNonNull(watchEvery, "watchEvery");
            Objects.requireNonNull(report, "report");
        }
    }

    public ConsoleLines(Experiment experiment, GateTicket ticket, Settings settings, Consumer<String> out) {
        this.experiment = experiment;
        this.ticket = ticket;
        this.settings = settings;
        this.out = out;
        this.words = new SightWords(experiment.steadyState());
    }

    @Override
    public void on(GateEvent event) {
        if (!begun) {
            begun = true;
            out.accept(column("chaos gate") + paint().strong(Clean.line(experiment.name())));
        }
        if (event instanceof GateEvent.Prepared prepared) {
            prepared(prepared);
        } else if (event instanceof GateEvent.Observed observed) {
            observed(observed);
        } else if (event instanceof GateEvent.PhaseStarted started) {
            started(started);
        } else if (event instanceof GateEvent.FaultIn in) {
            faultInAt = Optional.of(in.at());
            say(in.at(), "fault is in", Clean.line(in.change().object().toString()));
        } else if (event instanceof GateEvent.Proven proven) {
            proven(proven);
        } else if (event instanceof GateEvent.OthersSeen seen) {
            others = Optional.of(seen);
        } else if (event instanceof GateEvent.Decided decision) {
            others.ifPresent(seen -> say(
                    decision.at(),
                    "others",
                    OthersWords.hurt(seen.hurt(), seen.requests()) + " out of the fault's scope"));
            others = Optional.empty();
            decided = Optional.of(decision);
            decision(decision.at(), decision.verdict());
        } else if (event instanceof GateEvent.FaultOut gone) {
            faultOut(gone);
        } else if (event instanceof GateEvent.StillIn stillIn) {
            stillIn(stillIn);
        } else if (event instanceof GateEvent.CanaryRolledBack done) {
            say(done.at(), "canary", CanaryRow.done(done.step().words(), done.words()));
            commands("undo", done.step().undoCommands());
        } else if (event instanceof GateEvent.CanaryLeft left) {
            say(
                    left.at(),
                    paint()::warning,
                    "canary",
                    CanaryRow.left(left.step().words(), left.why()));
            commands("run", left.step().commands());
        } else if (event instanceof GateEvent.Quiet quiet) {
            say(
                    quiet.at(),
                    "quiet",
                    "no request is hurt any more" + (hurt > 0 ? "; " + requests(hurt) + " in all" : ""));
        } else if (event instanceof GateEvent.Recovered recovered) {
            say(recovered.at(), paint()::good, "recovered", "after " + Elapsed.length(recovered.after()));
        } else if (event instanceof GateEvent.Warned warned) {
            say(warned.at(), paint()::warning, "warning", Clean.line(warned.text()));
        } else if (event instanceof GateEvent.Finished finished) {
            finished(finished);
        }
    }

    private void prepared(GateEvent.Prepared prepared) {
        out.accept(column("") + OpeningWords.what(experiment, prepared));
        String ok = OpeningWords.inOrder(prepared.findings());
        errors = prepared.findings().stream().filter(Finding::stopsTheGate).count();
        if (!ok.isEmpty()) {
            say(prepared.at(), "preflight", "ok: " + ok);
        }
        for (Finding finding : prepared.findings()) {
            String text = Clean.line(finding.topic()) + ": " + Clean.line(finding.text());
            if (finding.stopsTheGate()) {
                say(prepared.at(), paint()::bad, "ERROR", text);
            } else if (finding.severity() == Severity.WARNING) {
                say(prepared.at(), paint()::warning, "warning", text);
            }
        }
        if (ok.isEmpty() && errors == 0) {
            say(prepared.at(), "preflight", "done");
        }
    }

    private void observed(GateEvent.Observed observed) {
        lastSights = observed.readings();
        String picture = SightWords.picture(lastSights);
        boolean samePhase = lastWatchPhase.equals(Optional.of(observed.phase()));
        boolean news = samePhase
                ? !picture.equals(lastPicture)
                : observed.phase() == PhaseName.WATCH || !SightWords.allHold(lastSights);
        boolean due = lastWatchLine
                .filter(last -> samePhase)
                .map(last -> !observed.at().isBefore(last.plus(settings.watchEvery())))
                .orElse(false);
        if (!samePhase) {
            lastWatchLine = Optional.of(observed.at());
        }
        lastWatchPhase = Optional.of(observed.phase());
        lastPicture = picture;
        if (news || due) {
            lastWatchLine = Optional.of(observed.at());
            say(
                    observed.at(),
                    LiveLine.doing(observed.phase()),
                    LiveLine.left(observed.left()) + "   " + words.againstLimits(lastSights, paint()));
        }
    }

    /** Only a gate that goes on after its warm-up was steady. */
    private void started(GateEvent.PhaseStarted started) {
        boolean afterWarmup = lastPhase.equals(Optional.of(PhaseName.WARMUP)) && !lastSights.isEmpty();
        if (afterWarmup && (started.phase() == PhaseName.INJECT || started.phase() == PhaseName.WATCH)) {
            say(started.at(), "steady", words.values(lastSights));
        }
        lastPhase = Optional.of(started.phase());
    }

    private void proven(GateEvent.Proven proven) {
        long before = hurt;
        hurt = proven.injectedRequests().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (before == 0 && hurt > 0 && faultInAt.isPresent()) {
            Duration after = Duration.between(faultInAt.get(), proven.at());
            say(proven.at(), "fault bites", requests(hurt) + " hurt, seen after " + Elapsed.length(after));
        }
    }

    private void faultOut(GateEvent.FaultOut gone) {
        String after = decided.map(decision -> Duration.between(decision.at(), gone.at()))
                .map(length -> ", " + Elapsed.length(length) + " after the decision")
                .orElse("");
        String what = gone.change().edits()
                ? "the gate's routes are out of " + gone.change().object()
                : gone.change().object() + " is gone";
        say(gone.at(), "fault is out", Clean.line(what + after));
    }

    private void stillIn(GateEvent.StillIn stillIn) {
        String text = stillIn.change().object() + ": " + stillIn.why();
        say(stillIn.at(), paint()::bad, "STILL IN", Clean.line(text));
        commands("run", stillIn.undoCommands());
    }

    private void commands(String word, List<String> commands) {
        commands.forEach(command -> out.accept(column("") + column(word) + Clean.line(command)));
    }

    private void finished(GateEvent.Finished finished) {
        Verdict verdict = finished.verdict();
        if (!decided.map(decision -> decision.verdict().equals(verdict)).orElse(false)) {
            decision(finished.at(), verdict);
        }
        String report = settings.report()
                .map(place -> "  (report: " + Clean.line(place) + ")")
                .orElse("");
        out.accept(column("verdict") + painted(verdict.kind(), verdict.kind().name()) + report);
    }

    private void decision(Instant at, Verdict verdict) {
        // The reason of a refused gate is its errors, which were just said one by one.
        String reason = errors == 0
                ? Clean.line(verdict.reason())
                : errors == 1 ? "the error above stops the gate" : "the " + errors + " errors above stop the gate";
        say(at, word -> painted(verdict.kind(), word), verdict.kind().name(), reason);
    }

    private String painted(Verdict.Kind kind, String text) {
        return switch (kind) {
            case PASSED -> paint().good(text);
            case VIOLATED, ROLLBACK_FAILED -> paint().bad(text);
            case INCONCLUSIVE, ABORTED -> paint().warning(text);
        };
    }

    private void say(Instant at, String word, String text) {
        say(at, plain -> plain, word, text);
    }

    private void say(Instant at, UnaryOperator<String> look, String word, String text) {
        String stamp = Elapsed.stamp(Duration.between(ticket.since(), at));
        String gap = " ".repeat(Math.max(1, COLUMN - word.length()));
        out.accept(column(stamp) + look.apply(word) + gap + text);
    }

    private static String column(String text) {
        return text + " ".repeat(Math.max(1, COLUMN - text.length()));
    }

    private static String requests(long count) {
        return count == 1 ? "1 request" : count + " requests";
    }

    private Paint paint() {
        return settings.paint();
    }
}

package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.InjectionPoint;
import io.jenkins.plugins.chaosgate.gate.port.Question;
import io.jenkins.plugins.chaosgate.gate.port.Question.HurtBeside;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Watches whether the faults hurt anybody out of their scope. A request that was hurt may be another gate's doing, or of a
 * fault that the users have themselves: only what goes on while neither is there is ours.
 */
final class Bystanders {

    private static final Duration BEFORE = Duration.ofMinutes(1);

    private final GateRun run;
    private final Optional<Instant> faultInAt;
    private CompletableFuture<Void> looking = CompletableFuture.completedFuture(null);
    private volatile Optional<String> trouble = Optional.empty();
    private volatile Optional<Others> seen = Optional.empty();
    /** When requests were hurt, and no other gate had a fault in. */
    private volatile Optional<Instant> suspectedAt = Optional.empty();
    /** The first sample after that: what is hurt from then on is ours. */
    private volatile Optional<Instant> oursFrom = Optional.empty();

    private volatile boolean isExcused;

    /** What several readings come to; the newest sample of the one that is furthest behind. */
    record Others(long hurt, OptionalLong requests, Instant sampledAt) {

        /** {@code 0 of 812 requests out of its scope}. */
        String words() {
            return hurt + (requests.isPresent() ? " of " + requests.getAsLong() : "") + " requests out of its scope";
        }

        /** {@code of 812 requests out of its scope 0 were hurt by any fault}: whose it was is not counted. */
        String counted() {
            return (requests.isPresent() ? "of " + requests.getAsLong() + " requests" : "of the requests")
                    + " out of its scope " + hurt + (hurt == 1 ? " was" : " were") + " hurt by any fault";
        }
    }

    Bystanders(GateRun run) {
        this.run = run;
        this.faultInAt = run.footprint.faultInAt();
    }

    /** Asks once more, unless telemetry still owes the last answer. Looks beside the thresholds, and never fails. */
    void look(Instant now) {
        if (!looking.isDone() || faultInAt.isEmpty()) {
            return;
        }
        Instant in = faultInAt.get();
        List<Question> questions = new ArrayList<>(questions(new Window(in.minus(BEFORE), in)));
        int groups = questions.size();
        questions.addAll(questions(new Window(in, now)));
        oursFrom.ifPresent(from -> questions.addAll(questions(new Window(from, now))));
        Duration limit = run.experiment.watch().interval();
        looking = run.within(limit, "asking Prometheus", () -> run.metrics.read(questions))
                .thenCompose(readings -> judge(
                        now,
                        sum(readings.subList(0, groups)),
                        sum(readings.subList(groups, 2 * groups)),
                        sum(readings.subList(2 * groups, readings.size()))))
                // What was not told this time is asked for again; the report says what was seen last.
                .exceptionally(failure -> null);
    }

    /** Done when the last question was answered, or given up. */
    CompletableFuture<Void> settled() {
        return looking;
    }

    /** That others are hurt by our faults, with numbers; empty where that was not seen. */
    Optional<String> trouble() {
        return trouble;
    }

    /** What was seen last; empty where nobody could count. */
    Optional<Others> seen() {
        return seen;
    }

    private CompletableFuture<Void> judge(
            Instant now, Optional<Others> before, Optional<Others> since, Optional<Others> ours) {
        seen = since.or(() -> seen);
        since.ifPresent(others -> run.emit(new GateEvent.OthersSeen(now, others.hurt(), others.requests())));
        if (isExcused || since.isEmpty() || since.get().hurt() == 0) {
            return CompletableFuture.completedFuture(null);
        }
        if (before.map(Others::hurt).orElse(0L) > 0) {
            isExcused = true;
            run.warn(before.get().words()
                    + " were hurt already before the fault, by a fault of another's: that ours hurts"
                    + " nobody else cannot be told");
            return CompletableFuture.completedFuture(null);
        }
        if (oursFrom.isEmpty() && suspectedAt.isPresent()) {
            oursFrom = Optional.of(since.get().sampledAt()).filter(sample -> sample.isAfter(suspectedAt.get()));
            return CompletableFuture.completedFuture(null);
        }
        boolean goesOn = ours.map(Others::hurt).orElse(0L) > 0;
        return suspectedAt.isPresent() && !goesOn
                ? CompletableFuture.completedFuture(null)
                : otherGates().thenAccept(others -> blame(now, since.get(), goesOn, others));
    }

    private void blame(Instant now, Others hurt, boolean goesOn, List<String> otherGates) {
        if (!otherGates.isEmpty()) {
            suspectedAt = Optional.empty();
            oursFrom = Optional.empty();
        } else if (goesOn) {
            trouble = Optional.of("the fault hits whom it should not: " + hurt.words() + " (all calls to "
                    + String.join(" and ", services()) + " but those of " + scope()
                    + ") were hurt, and no other gate has a fault in");
        } else {
            suspectedAt = Optional.of(now);
        }
    }

    private CompletableFuture<List<String>> otherGates() {
        String namespace = run.experiment.target().namespace();
        return run.within(
                        run.experiment.watch().missingData(),
                        "looking for other gates",
                        () -> run.injector.findLeftovers(Optional.of(namespace)))
                .thenApply(leftovers -> leftovers.stream()
                        .map(leftover -> leftover.change().gate())
                        .filter(gate -> !gate.equals(run.ticket.id()))
                        .distinct()
                        .toList());
    }

    /** One question for each service and side of its calls. */
    private List<Question> questions(Window window) {
        Map<List<Object>, List<Integer>> groups = new LinkedHashMap<>();
        List<Fault> faults = run.experiment.faults();
        List<InjectionPoint> points = run.scene().injectionPoints();
        for (int i = 0; i < faults.size(); i++) {
            groups.computeIfAbsent(
                            List.of(faults.get(i).scope().to(), points.get(i).inbound()), key -> new ArrayList<>())
                    .add(i);
        }
        return groups.values().stream()
                .<Question>map(group -> new HurtBeside(
                        group.stream().map(faults::get).toList(),
                        group.stream().map(points::get).toList(),
                        window))
                .toList();
    }

    private List<String> services() {
        return run.experiment.faults().stream()
                .map(fault -> fault.scope().to())
                .distinct()
                .map(ServiceName::toString)
                .toList();
    }

    private String scope() {
        return String.join(
                " and ",
                run.scene().injectionPoints().stream()
                        .map(point -> Labels.toSelector(point.proxies().labels()))
                        .distinct()
                        .toList());
    }

    /** Empty without readings, or where one of them has no number. */
    private static Optional<Others> sum(List<Reading> readings) {
        long hurt = 0;
        OptionalLong requests = OptionalLong.of(0);
        Instant sampledAt = Instant.MAX;
        for (Reading reading : readings) {
            if (!(reading instanceof Reading.Value value)) {
                return Optional.empty();
            }
            hurt += Math.round(value.value());
            requests = requests.isPresent() && value.requests().isPresent()
                    ? OptionalLong.of(requests.getAsLong() + value.requests().getAsLong())
                    : OptionalLong.empty();
            sampledAt = value.sampledAt().isBefore(sampledAt) ? value.sampledAt() : sampledAt;
        }
        return readings.isEmpty() ? Optional.empty() : Optional.of(new Others(hurt, requests, sampledAt));
    }
}

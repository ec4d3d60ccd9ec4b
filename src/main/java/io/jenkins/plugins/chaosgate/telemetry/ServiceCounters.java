package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Question.ValueOf;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.CallersSide.Own;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Kind;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Whose;
import io.jenkins.plugins.chaosgate.telemetry.dialect.RequestSeries;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.Traffic;
import io.jenkins.plugins.chaosgate.verdict.sequential.ArmShare;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow.Increment;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What both sides counted of a service's requests: the proxies of its pods, and those in front of its callers.
 *
 * @param requests which of the pods' series are what
 * @param pods what the pods' proxies counted
 * @param callerSeries which of the callers' series are what
 * @param callers what the callers' proxies counted, in the order of the selectors
 */
record ServiceCounters(
        ValueOf question, RequestSeries requests, Counters pods, CallerSeries callerSeries, List<Counters> callers) {

    /** What callers got in a window, beside what the pods' proxies saw. */
    CallersSide callersSide(Window window) {
        Own own = own(window);
        return areCallersSeen()
                ? CallersSide.of(
                        CallerCounts.of(callerSeries, callers, window),
                        own,
                        share(),
                        usuallyGivenUp(),
                        callerSeries.answeredHoldAll(),
                        question.reference())
                : CallersSide.unseen(own);
    }

    /** Before the fault, as the pods' proxies saw it; 0 where that is not known. */
    private double usuallyGivenUp() {
        Own before = question.before().map(this::own).orElse(new Own(0, 0));
        return before.cancelled() == 0 ? 0 : (double) before.cancelled() / (before.answered() + before.cancelled());
    }

    private Own own(Window window) {
        return new Own(number(requests.counts(), window), number(requests.cancelled(), window));
    }

    private long number(Predicate<Map<String, String>> which, Window window) {
        return Math.round(pods.increase(which, window).least());
    }

    private boolean areCallersSeen() {
        return callers.stream().anyMatch(some -> !some.all().isEmpty());
    }

    /** Of the service's requests before the fault, as the callers counted them. */
    private ArmShare share() {
        if (question.workloads().isEmpty()) {
            return ArmShare.WHOLE;
        }
        if (question.before().isEmpty()) {
            return ArmShare.UNKNOWN;
        }
        Window before = question.before().get();
        CallerCounts counts = CallerCounts.of(callerSeries, callers, before);
        boolean holdAll = callerSeries.answeredHoldAll();
        if (holdAll) {
            long all = Stream.of(Whose.values())
                    .mapToLong(whose -> counts.all(whose, true))
                    .sum();
            return new ArmShare(Math.min(own(before).answered(), all), all);
        }
        long judged = counts.all(Whose.JUDGED, false);
        return new ArmShare(judged, judged + counts.all(Whose.OTHERS, false));
    }

    /** The same numbers with all requests that came, and what of them no pod answered. */
    Counted told(Counted counted, CallersSide side) {
        Counted came = pods.all().isEmpty() && side.newest().isEmpty() ? counted : counted.of(traffic());
        return side.unanswered().isNone() ? came : came.with(side.unanswered());
    }

    /** All requests since the moment from which the phase counts. */
    private Traffic traffic() {
        Window window = new Window(question.since(), question.window().to());
        Own own = own(window);
        CallersSide side = callersSide(window);
        Predicate<Map<String, String>> any = requests.counts().or(requests.cancelled());
        Optional<Instant> newest = Stream.concat(
                        pods.increments(any, window).stream().map(Increment::to), side.newest().stream())
                .max(Comparator.naturalOrder());
        return new Traffic(
                own.answered() + own.cancelled() + side.extra().surelyBad(),
                side.others().map(OptionalLong::of).orElse(OptionalLong.empty()),
                pods.all().isEmpty() ? knownUntil() : pods.knownUntil(window.to()),
                newest);
    }

    /** How many requests a pod of the judged workloads answered since the pods' own proxies last told. */
    long answeredSincePodsTold(Window window) {
        Instant told = pods.all().isEmpty() ? window.from() : pods.knownUntil(window.to());
        if (!told.isAfter(window.from())) {
            told = window.from();
        }
        CallerCounts since = CallerCounts.of(callerSeries, callers, new Window(told, window.to()));
        return callerSeries.answeredHoldAll()
                ? CallerCounts.number(since.of(Kind.ANSWERED))
                : CallerCounts.number(since.of(Kind.ANSWERED, Whose.JUDGED));
    }

    /** Why the pods' side says nothing; empty where it does. */
    Optional<NoData> missing() {
        return FreshCounters.missing(requests.selector(), pods, question.window());
    }

    /** Why the callers' side does not say all; empty where it does, or no caller's proxy counts anything. */
    Optional<NoData> callersMissing() {
        return callers.stream().flatMap(some -> UntoldProxies.of(some).stream()).findFirst();
    }

    /** Up to when both sides are known, and whatever else was counted beside them; at least one counter is there. */
    Instant knownUntil(Counters... beside) {
        Instant to = question.window().to();
        return Stream.of(Stream.of(pods), callers.stream(), Stream.of(beside))
                .flatMap(some -> some)
                .filter(some -> !some.all().isEmpty())
                .map(some -> some.knownUntil(to))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}

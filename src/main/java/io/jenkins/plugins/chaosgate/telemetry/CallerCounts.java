package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counter;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Fate;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Kind;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Whose;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow.Increment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the proxies in front of a service's callers counted in one window, by what became of the requests and whose they were.
 *
 * @param groups each fate of each party once
 */
record CallerCounts(List<Group> groups) {

    /**
     * Requests that had the same fate.
     *
     * @param number so many, for sure
     * @param doubt so many more perhaps
     * @param increments between which scrapes they were counted
     */
    record Group(Fate fate, Whose whose, long number, long doubt, List<Increment> increments) {}

    /** One fate of one party. */
    private record Key(Fate fate, Whose whose) {}

    CallerCounts {
        groups = List.copyOf(groups);
    }

    static CallerCounts of(CallerSeries series, List<Counters> counters, Window window) {
        List<Group> groups = new ArrayList<>();
        for (Counters some : counters) {
            Map<Map<String, String>, Key> keys = new HashMap<>();
            for (Counter counter : some.all()) {
                keys.put(
                        counter.labels(),
                        new Key(
                                series.fate().apply(counter.labels()),
                                series.whose().apply(counter.labels())));
            }
            for (Key key : keys.values().stream().collect(Collectors.toSet())) {
                Predicate<Map<String, String>> ofKey = labels -> key.equals(keys.get(labels));
                Counters.Sum sum = some.increase(ofKey, window);
                groups.add(new Group(
                        key.fate(),
                        key.whose(),
                        Math.round(sum.least()),
                        Math.round(sum.unknown()),
                        some.increments(ofKey, window)));
            }
        }
        return new CallerCounts(groups);
    }

    Stream<Group> of(Kind kind) {
        return groups.stream().filter(group -> group.fate().kind() == kind);
    }

    Stream<Group> of(Kind kind, Whose whose) {
        return of(kind).filter(group -> group.whose() == whose);
    }

    /** How many requests of one party there were for sure, whatever became of them, but for those that a fault answered. */
    long all(Whose whose, boolean answeredHoldAll) {
        Stream<Group> counted = answeredHoldAll
                ? of(Kind.ANSWERED, whose)
                : Stream.of(Kind.ANSWERED, Kind.UNANSWERED, Kind.CANCELLED).flatMap(kind -> of(kind, whose));
        return counted.mapToLong(Group::number).sum();
    }

    static long number(Stream<Group> groups) {
        return groups.mapToLong(Group::number).sum();
    }
}

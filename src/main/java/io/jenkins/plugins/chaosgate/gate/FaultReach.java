package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.gate.port.ProxyCalls;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Whether the faults meet the calls that they are to meet: at every proxy that makes any, and as often as was asked for, to the
 * end. A fold over the looks at the affected calls, counted from the moment when the fault went in. Immutable.
 *
 * @param faults of the experiment, in its order
 * @param proxies by the index of the fault and the name of the proxy
 * @param last when was looked last
 * @param isBase whether the next look only shows from what on is counted
 */
record FaultReach(List<Fault> faults, Map<Key, ProxyReach> proxies, Instant last, boolean isBase) {

    /** A proxy and one of the faults. */
    record Key(int fault, String proxy) {}

    FaultReach {
        faults = List.copyOf(faults);
        proxies = Map.copyOf(proxies);
    }

    /** From the moment when the fault went in. */
    static FaultReach fresh(List<Fault> faults, Instant faultInAt) {
        return new FaultReach(faults, Map.of(), faultInAt, false);
    }

    /** From the next look on: calls of before that may have been made while the fault was on its way to the proxies. */
    static FaultReach fromNextLook(List<Fault> faults, Instant faultInAt) {
        return new FaultReach(faults, Map.of(), faultInAt, true);
    }

    /** After a look; what could not be counted is as before. */
    FaultReach after(Instant at, Map<Integer, Reading> injected) {
        Map<Key, ProxyReach> next = new LinkedHashMap<>(proxies);
        injected.forEach((fault, reading) -> {
            if (reading instanceof Reading.Value value) {
                for (ProxyCalls calls : value.proxies()) {
                    next.merge(
                            new Key(fault, calls.proxy()),
                            isBase
                                    ? ProxyReach.from(calls.affected(), calls.calls())
                                    : ProxyReach.NONE.after(last, at, calls.affected(), calls.calls()),
                            (known, first) -> known.after(last, at, calls.affected(), calls.calls()));
                }
            }
        });
        boolean isStillBase = isBase && next.isEmpty();
        return new FaultReach(faults, next, at, isStillBase);
    }

    /** The proxies whose calls a fault should meet and does not, by the index of the fault. */
    Map<Integer, List<String>> lacking() {
        Map<Integer, List<String>> lacking = new LinkedHashMap<>();
        proxies.entrySet().stream()
                .filter(entry ->
                        entry.getValue().lacksFault(expected(entry.getKey().fault())))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(Key::fault).thenComparing(Key::proxy))
                .forEach(key -> lacking.computeIfAbsent(key.fault(), none -> new ArrayList<>())
                        .add(key.proxy()));
        return lacking;
    }

    /** Where a fault no longer meets what it should, in words; empty where all do. */
    Optional<String> dropped() {
        return proxies.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(Key::fault).thenComparing(Key::proxy)))
                .flatMap(entry -> entry.getValue().drop(expected(entry.getKey().fault())).stream()
                        .map(drop -> words(entry.getKey(), drop)))
                .findFirst();
    }

    /** How many calls the fault met that met most; empty where nobody could count. */
    static OptionalLong affected(Map<Integer, Reading> injected) {
        return injected.values().stream()
                .map(Looks::count)
                .flatMapToLong(OptionalLong::stream)
                .max();
    }

    private String words(Key key, ProxyReach.Drop drop) {
        Fault fault = faults.get(key.fault());
        return "the fault no longer works as it should: since " + drop.since() + " it met " + drop.affected() + " of "
                + drop.calls() + " calls to " + fault.scope().to() + " at "
                + (key.proxy().isEmpty() ? "the proxies" : "the proxy " + key.proxy())
                + expected(key.fault()).stream()
                        .mapToObj(share -> ", where " + fault.scope().percentage() + " were asked for")
                        .findFirst()
                        .orElse(", far fewer than before");
    }

    /** Which share of the calls the fault is to meet; empty where headers or a cap decide that. */
    private OptionalDouble expected(int fault) {
        Scope scope = faults.get(fault).scope();
        boolean onlyByChance = scope.headers().isEmpty()
                && scope.maxActive().isEmpty()
                && scope.port().isEmpty();
        return onlyByChance ? OptionalDouble.of(scope.percentage().percent() / 100) : OptionalDouble.empty();
    }
}

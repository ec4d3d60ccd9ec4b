package io.jenkins.plugins.chaosgate.telemetry.dialect;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The dialects there are, by name; a further one is a class of its own and a line here. */
public final class Dialects {
    private static final Map<String, BiFunction<String, Matchers, MetricDialect>> ALL =
            new TreeMap<>(Map.of("istio", IstioDialect::new, "envoy", EnvoyDialect::new));

    private Dialects() {}

    /** In alphabetical order. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * The dialect of that name for an experiment.
     *
     * @param namespace the experiment's target namespace
     * @param matchers which series of the Prometheus are of the target's cluster
     * @throws IllegalArgumentException where there is none of that name
     */
    public static MetricDialect named(String name, String namespace, Matchers matchers) {
        BiFunction<String, Matchers, MetricDialect> dialect = ALL.get(name);
        if (dialect == null) {
            throw new IllegalArgumentException(
                    "metrics are one of " + String.join(", ", ALL.keySet()) + ", not " + name);
        }
        return dialect.apply(namespace, matchers);
    }
}

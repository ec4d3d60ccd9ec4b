package io.jenkins.plugins.chaosgate.telemetry.dialect;

import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which of a Prometheus' series are of the cluster that is meant: {@code cluster="staging"}. Every selector begins here, so
 * that none can do without them.
 *
 * @param labels the values that labels of every series must have, the series {@code up} included; an empty value stands for
 *     a label that is not there
 */
public record Matchers(Map<String, String> labels) {
    /** Nothing is asked for: all series of the Prometheus are of one cluster. */
    public static final Matchers NONE = new Matchers(Map.of());

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /** @throws IllegalArgumentException where one is not the name of a label */
    public Matchers {
        labels = Map.copyOf(labels);
        labels.keySet().forEach(label -> {
            if (!LABEL.matcher(label).matches() || label.equals("__name__")) {
                throw new IllegalArgumentException(
                        "expected the name of a label before '=', such as cluster, found " + Quote.of(label));
            }
        });
    }

    /**
     * Reads some as people write them: {@code cluster=staging}, one an entry.
     *
     * @throws IllegalArgumentException where one is not written so, or two speak of one label
     */
    public static Matchers parse(Collection<String> written) {
        Map<String, String> labels = new TreeMap<>();
        for (String one : written) {
            int equals = one.indexOf('=');
            if (equals < 1 || one.startsWith("=~", equals) || one.charAt(equals - 1) == '!') {
                throw new IllegalArgumentException(
                        "expected a label and the value that it must have, such as cluster=staging, found "
                                + Quote.of(one));
            }
            String label = one.substring(0, equals).strip();
            String value = one.substring(equals + 1).strip();
            boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
            if (labels.put(label, quoted ? value.substring(1, value.length() - 1) : value) != null) {
                throw new IllegalArgumentException(
                        "expected one value for each label, found two for " + Quote.of(label));
            }
        }
        return new Matchers(labels);
    }

    /** The series of a metric that are of the cluster that is meant. */
    public Selector series(String metric) {
        Selector selector = Selector.of(metric);
        for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
            selector = selector.with(label.getKey(), label.getValue());
        }
        return selector;
    }

    /** For people: {@code cluster="staging"}; empty where there are none. */
    public String words() {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + Quote.of(label.getValue()))
                        .collect(Collectors.joining(", "));
    }
}

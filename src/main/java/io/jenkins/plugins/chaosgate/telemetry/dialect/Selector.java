package io.jenkins.plugins.chaosgate.telemetry.dialect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Prometheus series selector: a metric and conditions on its labels. Values may be any text, also hostile: they are
 * quoted, and where they stand in a regular expression escaped, so that they match themselves and nothing else.
 *
 * @param metric the metric's name
 * @param matchers conditions as PromQL writes them, each whole
 */
public record Selector(String metric, List<String> matchers) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    /** An equality or a regular expression, and of something; regular expressions here never match nothing. */
    private static final Pattern NEEDED = Pattern.compile("[a-zA-Z0-9_:]+=~?\".+\"", Pattern.DOTALL);

    private static final String META = "\\.+*?()|[]{}^$";

    public Selector {
        if (!NAME.matcher(metric).matches()) {
            throw new IllegalArgumentException("not the name of a metric: " + metric);
        }
        matchers = List.copyOf(matchers);
    }

    /** All series of a metric, of whatever cluster: only {@link Matchers} begin with it. */
    static Selector of(String metric) {
        return new Selector(metric, List.of());
    }

    /** Only where the label has that value; the empty value also means no such label. */
    public Selector with(String label, String value) {
        return and(label, "=", quoted(value));
    }

    /** Only where the label has one of these values. */
    public Selector withAny(String label, Collection<String> values) {
        return values.size() == 1
                ? with(label, values.iterator().next())
                : matching(label, values.stream().map(Selector::literally).collect(Collectors.joining("|")));
    }

    /** Only where all of the label matches the regular expression; what comes from outside must be escaped in it. */
    public Selector matching(String label, String regex) {
        return and(label, "=~", quoted(regex));
    }

    /** Only where the label does not match the regular expression. */
    public Selector notMatching(String label, String regex) {
        return and(label, "!~", quoted(regex));
    }

    /** Only where there is such a label. */
    public Selector having(String label) {
        return and(label, "!=", quoted(""));
    }

    /** The labels that must be there with some value. */
    public List<String> needed() {
        return matchers.stream()
                .filter(matcher -> NEEDED.matcher(matcher).matches())
                .map(matcher -> matcher.substring(0, matcher.indexOf('=')))
                .distinct()
                .toList();
    }

    /** A regular expression that matches that text and nothing else. */
    public static String literally(String text) {
        StringBuilder regex = new StringBuilder();
        for (char character : text.toCharArray()) {
            if (META.indexOf(character) >= 0) {
                regex.append('\\');
            }
            regex.append(character);
        }
        return regex.toString();
    }

    /** As PromQL writes it: {@code istio_requests_total{reporter="destination"}}. */
    @Override
    public String toString() {
        return matchers.isEmpty() ? metric : metric + "{" + String.join(",", matchers) + "}";
    }

    private Selector and(String label, String operator, String quoted) {
        if (!NAME.matcher(label).matches()) {
            throw new IllegalArgumentException("not the name of a label: " + label);
        }
        List<String> more = new ArrayList<>(matchers);
        more.add(label + operator + quoted);
        return new Selector(metric, more);
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char character : value.toCharArray()) {
            switch (character) {
                case '\\', '"' -> quoted.append('\\').append(character);
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (character < ' ') {
                        quoted.append(String.format("\\x%02x", (int) character));
                    } else {
                        quoted.append(character);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}

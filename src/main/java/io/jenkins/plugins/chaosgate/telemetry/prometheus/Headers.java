package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Headers that every question carries, such as the tenant that a front end of Prometheus asks for: {@code X-Scope-OrgID}.
 * Their values may be secrets, so neither text form nor messages show one.
 *
 * @param values by name
 */
public record Headers(Map<String, String> values) {
    /** None. */
    public static final Headers NONE = new Headers(Map.of());

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /** What the protocol itself needs, or credentials are for. */
    private static final Set<String> OURS = Set.of(
            "accept",
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "transfer-encoding",
            "upgrade");

    /** @throws IllegalArgumentException where one cannot be sent */
    public Headers {
        values = Map.copyOf(values);
        values.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "expected the name of a header, such as X-Scope-OrgID, found " + Quote.of(name));
            }
            if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the header " + name + " cannot be set"
                        + (name.equalsIgnoreCase("authorization") ? ": give credentials instead" : ""));
            }
            if (value.isEmpty() || !value.chars().allMatch(character -> character >= ' ' && character < 0x7f)) {
                throw new IllegalArgumentException(
                        "the value of the header " + name + " must be visible ASCII characters; the one given is not");
            }
        });
    }

    /**
     * Reads some as they are sent: {@code X-Scope-OrgID: team}, one an entry.
     *
     * @throws IllegalArgumentException where one is not written so, or two have one name
     */
    public static Headers parse(Collection<String> written) {
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String one : written) {
            int colon = one.indexOf(':');
            if (colon < 1) {
                // Not quoted: it may be a secret.
                throw new IllegalArgumentException(
                        "expected a header's name and its value, such as 'X-Scope-OrgID: team', found one without a colon");
            }
            String name = one.substring(0, colon).strip();
            if (values.put(name, one.substring(colon + 1).strip()) != null) {
                throw new IllegalArgumentException(
                        "expected one value for each header, found two for " + Quote.of(name));
            }
        }
        return new Headers(values);
    }

    @Override
    public String toString() {
        return "headers " + new TreeMap<>(values).keySet();
    }
}

package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a VirtualService's match says about headers, beside values that a call is known to carry; pure functions. */
final class HeaderCondition {

    private HeaderCondition() {}

    /**
     * Whether calls that carry these headers can meet the match.
     *
     * @param headers the exact values, names in lower case
     * @throws IllegalArgumentException where the match has a regular expression for one of these headers, which cannot
     *     be joined with an exact value
     */
    static boolean allows(JsonNode match, Map<String, String> headers) {
        return match.path("headers").properties().stream().allMatch(field -> value(field.getKey(), headers)
                        .map(value -> meets(field.getKey(), field.getValue(), value))
                        .orElse(true))
                && match.path("withoutHeaders").properties().stream().noneMatch(field -> value(field.getKey(), headers)
                        .map(value -> meets(field.getKey(), field.getValue(), value))
                        .orElse(false));
    }

    private static Optional<String> value(String name, Map<String, String> headers) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    private static boolean meets(String name, JsonNode condition, String value) {
        if (condition.has("exact")) {
            return condition.path("exact").asText().equals(value);
        }
        if (condition.has("prefix")) {
            return value.startsWith(condition.path("prefix").asText());
        }
        if (condition.has("regex")) {
            throw new IllegalArgumentException("a route already has a regular expression for the header " + name
                    + ", which the fault names, too: leave that header out of the fault, or use mechanism envoyFilter");
        }
        return true;
    }
}

package io.jenkins.plugins.chaosgate.pipeline.target;

import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Labels and annotations as a target writes them: {@code team=payments}, with commas between them in a form. */
final class ObjectPairs {

    private ObjectPairs() {}

    /** The pairs of all entries; an entry may hold several, with commas between them. Mutable. */
    static List<String> of(List<String> entries) {
        List<String> all = entries == null ? List.of() : entries;
        return new ArrayList<>(all.stream()
                .filter(Objects::nonNull)
                .flatMap(entry -> Arrays.stream(entry.split("[,\\r\\n]+")))
                .map(String::strip)
                .filter(pair -> !pair.isEmpty())
                .distinct()
                .toList());
    }

    /**
     * @throws IllegalArgumentException where one of them is no pair, or cannot be given
     */
    static ExtraMetadata metadata(List<String> labels, List<String> annotations) {
        return new ExtraMetadata(map(labels), map(annotations));
    }

    private static Map<String, String> map(List<String> pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "expected name=value, such as team=payments, found " + Quote.of(pair));
            }
            map.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return map;
    }
}

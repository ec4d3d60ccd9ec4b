package io.jenkins.plugins.chaosgate.testbed.quick.api;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the path and the query of a request for objects say. {@code namespace}, {@code name} and {@code subresource} are
 * empty where the path has none; {@code query} maps each decoded parameter to its last value.
 */
public record ApiPath(
        ApiKind kind, String namespace, String name, String subresource, String path, Map<String, String> query) {

    private static final Pattern OBJECTS = Pattern.compile("/(?:api|apis/(?<group>[^/]+))/(?<version>[^/]+)"
            + "(?:/namespaces/(?<namespace>[^/]+)(?=/.))?/(?<plural>[^/]+)(?:/(?<name>[^/]+)(?:/(?<sub>[^/]+))?)?");

    public ApiPath {
        query = Map.copyOf(query);
    }

    /** Reads a request's path with its query; empty when it names no kind that the bed serves. */
    public static Optional<ApiPath> parse(String pathAndQuery) {
        URI uri = URI.create(pathAndQuery);
        Matcher matcher = OBJECTS.matcher(uri.getRawPath());
        // "/namespaces/bookinfo/status" could also be the kind "status" in a namespace; no such kind is served.
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String group = orEmpty(matcher.group("group"));
        String namespace = orEmpty(matcher.group("namespace"));
        return ApiKind.ALL.stream()
                .filter(kind -> kind.group().equals(group)
                        && kind.version().equals(matcher.group("version"))
                        && kind.plural().equals(matcher.group("plural"))
                        && (kind.namespaced() || namespace.isEmpty()))
                .findFirst()
                .map(kind -> new ApiPath(
                        kind,
                        namespace,
                        orEmpty(matcher.group("name")),
                        orEmpty(matcher.group("sub")),
                        uri.getRawPath(),
                        parameters(uri.getRawQuery())));
    }

    /** Whether the request asks to be tried and not kept. */
    public boolean dryRun() {
        return "All".equals(query.get("dryRun"));
    }

    /** Whether the request follows changes rather than reads once. */
    public boolean watch() {
        return "true".equals(query.get("watch")) || "1".equals(query.get("watch"));
    }

    private static Map<String, String> parameters(String rawQuery) {
        Map<String, String> parameters = new TreeMap<>();
        if (rawQuery != null) {
            for (String pair : rawQuery.split("&")) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                parameters.put(decode(key), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}

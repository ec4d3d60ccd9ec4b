package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/** What is spoken on a service's port, as istiod concludes it from {@code appProtocol} or the port's name. */
enum PortProtocol {
    HTTP,
    GRPC,
    /** Not told: the proxy looks at the first bytes. */
    UNDECLARED,
    /** Anything that has no HTTP routes, TLS among it. */
    OTHER;

    private static final Set<String> HTTP_WORDS = Set.of("http", "http2", "http_proxy", "grpc-web");
    private static final Set<String> OTHER_WORDS = Set.of("tcp", "udp", "https", "tls", "mongo", "redis", "mysql");
    /** Ports that istiod takes for TCP unless told otherwise, since their servers speak first. */
    private static final Set<Integer> SERVER_SPEAKS_FIRST = Set.of(25, 53, 3306, 27017);

    /** Reads one entry of a Service's {@code spec.ports}. */
    static PortProtocol of(JsonNode port) {
        if (!port.path("protocol").asText("TCP").equals("TCP")) {
            return OTHER;
        }
        String said =
                port.path("appProtocol").asText(port.path("name").asText()).toLowerCase(Locale.ROOT);
        if (said.equals("kubernetes.io/h2c") || said.equals("kubernetes.io/ws") || said.startsWith("grpc-web")) {
            return HTTP;
        }
        String word = said.split("-", 2)[0];
        if (word.equals("grpc")) {
            return GRPC;
        }
        if (HTTP_WORDS.contains(word)) {
            return HTTP;
        }
        return OTHER_WORDS.contains(word)
                        || said.equals("kubernetes.io/wss")
                        || SERVER_SPEAKS_FIRST.contains(port.path("port").asInt())
                ? OTHER
                : UNDECLARED;
    }
}

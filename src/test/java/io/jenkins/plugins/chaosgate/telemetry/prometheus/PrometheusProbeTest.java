package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PrometheusProbeTest {

    private static final String ONE =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"1\"]}]}}";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            seen.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    private List<Finding> look() {
        PrometheusSettings settings = PrometheusSettings.of(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Credentials.bearer("s3cret"));
        return new PrometheusProbe(HttpClient.newHttpClient(), settings).look().join();
    }

    @Test
    void tellsTheVersion() {
        answer("/api/v1/query", 200, ONE);
        answer("/api/v1/status/buildinfo", 200, "{\"status\":\"success\",\"data\":{\"version\":\"3.5.0\"}}");
        assertThat(look()).containsExactly(Finding.ok("prometheus", "answers questions; version 3.5.0"));
        assertThat(seen).containsExactly("/api/v1/query Bearer s3cret", "/api/v1/status/buildinfo Bearer s3cret");
    }

    @Test
    void whatOnlySpeaksLikeAPrometheusNeedNotTellItsVersion() {
        answer("/api/v1/query", 200, ONE);
        answer("/api/v1/status/buildinfo", 404, "not found");
        assertThat(look()).containsExactly(Finding.ok("prometheus", "answers questions; it does not say its version"));
    }

    @Test
    void saysWhatIsWrong() {
        answer("/api/v1/query", 401, "who are you?");
        assertThat(look()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.NO_EVIDENCE);
            assertThat(finding.text()).contains("credentials").doesNotContain("s3cret");
        });
    }

    @Test
    void saysWhereNobodyAnswers() {
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThat(look()).singleElement().satisfies(finding -> assertThat(finding.text())
                .contains("127.0.0.1:" + port, "cannot be reached"));
    }
}

package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands before a Prometheus, or in its place: tenants, readers' gates, log-in pages, VictoriaMetrics. */
@Timeout(30)
class FrontEndsTest {
    private static final String FOUR =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"4\"]}}";

    private interface Behaviour {
        void handle(HttpExchange exchange) throws IOException;
    }

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = exchange -> answer(exchange, 200, FOUR);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body + " "
                    + exchange.getRequestHeaders().getFirst("X-Scope-OrgID"));
            try (exchange) {
                behaviour.handle(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private PrometheusSettings settings(String... headers) {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return PrometheusSettings.of(base, Credentials.NONE).withHeaders(Headers.parse(List.of(headers)));
    }

    private PrometheusClient client(String... headers) {
        return new PrometheusClient(HttpClient.newHttpClient(), settings(headers));
    }

    private String refusal(PrometheusClient client) {
        try {
            throw new AssertionError(
                    "expected no answer, found " + client.query("a").join());
        } catch (CompletionException failure) {
            return ((NoAnswer) failure.getCause()).getMessage();
        }
    }

    @Test
    void headersGoWithEveryQuestionAndAreNeverShown() {
        PrometheusClient client = client("X-Scope-OrgID:  team a ");
        client.query("a").join();
        new PrometheusProbe(HttpClient.newHttpClient(), settings("X-Scope-OrgID: team a"))
                .look()
                .join();
        assertThat(seen).hasSizeGreaterThan(2).allMatch(request -> request.endsWith(" team a"));
        assertThat(settings("X-Scope-OrgID: s3cret").toString())
                .contains("X-Scope-OrgID")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon s3cret",
                ": s3cret",
                "a b: s3cret",
                "Authorization: Bearer s3cret",
                "host: s3cret",
                "X-Key:",
                "X-Key: s3cr\u0000et",
                "X-Key: s3cret\u00e9"
            })
    void aHeaderThatCannotBeSentIsRefusedWithoutItsValue(String header) {
        assertThatThrownBy(() -> Headers.parse(List.of(header)))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("s3cr"));
    }

    @Test
    void twoValuesForOneHeaderAreRefused() {
        assertThatThrownBy(() -> Headers.parse(List.of("X-Key: a", "x-key: b"))).hasMessageContaining("two for");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 405})
    void whereNoPostPassesAGetIsTried(int status) {
        behaviour = exchange -> answer(
                exchange,
                exchange.getRequestMethod().equals("POST") ? status : 200,
                exchange.getRequestMethod().equals("POST") ? "" : FOUR);
        PrometheusClient client = client();
        client.query("sum(a{b=\"c d\"})", Instant.ofEpochSecond(7)).join();
        client.query("b").join();
        assertThat(seen).hasSize(3);
        assertThat(seen.get(1))
                .startsWith(
                        "GET /api/v1/query?query=sum%28a%7Bb%3D%22c+d%22%7D%29&timeout=10000ms&nocache=1&time=7.000 ");
        assertThat(seen.get(2)).startsWith("GET /api/v1/query?query=b&");
    }

    @ParameterizedTest
    @CsvSource({"401,1", "403,2"})
    void whatAFrontEndSaysIsShown(int status, int requests) {
        behaviour = exchange -> answer(exchange, status, "no org id\n" + "x".repeat(1000));
        assertThat(refusal(client()))
                .contains("HTTP " + status, "X-Scope-OrgID", "it says \"no org id\\u000a")
                .hasSizeLessThan(500);
        assertThat(seen).hasSize(requests);
    }

    @Test
    void aRedirectToAnotherHostLooksLikeALogIn() {
        behaviour = exchange -> {
            exchange.getResponseHeaders().add("Location", "https://login.example/oauth?state=s3cret");
            answer(exchange, 302, "");
        };
        assertThat(refusal(client()))
                .contains("HTTP 302", "another host, \"login.example\"", "looks like a log-in page")
                .doesNotContain("s3cret");
        behaviour = exchange -> {
            exchange.getResponseHeaders().add("Location", "/prometheus/api/v1/query");
            answer(exchange, 302, "");
        };
        assertThat(refusal(client())).contains("give the address it leads to").doesNotContain("log-in");
    }

    /** Without nocache it answers as of 30 s ago, and a gate would think that its clock is wrong. */
    @Test
    void victoriaMetricsIsAskedForTheTimeOfNow() {
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        behaviour = exchange -> {
            boolean fresh = seen.get(seen.size() - 1).contains("nocache=1");
            long time = now.getEpochSecond() - (fresh ? 0 : 30);
            answer(
                    exchange,
                    200,
                    "{\"status\":\"success\",\"isPartial\":false,\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},"
                            + "\"value\":[" + time + ",\"" + time + "\"]}]}}");
        };
        OurTime prometheus = new OurTime(client(), InstantSource.fixed(now));
        assertThat(OurTime.time(prometheus.query("time()").join())).isEqualTo(now);
        prometheus.query("a", now).join();
        assertThat(seen.get(seen.size() - 1)).contains("time=1700000000.000");
        assertThat(Duration.between(now, OurTime.time(prometheus.query("time()").join())))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resultType\":\"vector\",\"result\":[]}",
                "{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"NaN\"]}]}",
                "{\"resultType\":\"string\",\"result\":[1,\"noon\"]}"
            })
    void aTimeThatIsNoneIsNotUnderstood(String data) {
        behaviour = exchange -> answer(exchange, 200, "{\"status\":\"success\",\"data\":" + data + "}");
        Answer answer = client().query("time()").join();
        assertThatThrownBy(() -> OurTime.time(answer))
                .isInstanceOf(NoAnswer.class)
                .hasMessageContaining("expected a scalar for time()");
    }
}

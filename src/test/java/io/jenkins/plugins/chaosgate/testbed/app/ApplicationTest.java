package io.jenkins.plugins.chaosgate.testbed.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.chaosgate.testbed.process.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The programs of Bookinfo, each in front of a stand-in for its Envoy that answers as the test says. */
class ApplicationTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, Map<String, List<String>>> received = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);

    private Loopback block;
    private HttpServer envoy;
    private Application application;

    @BeforeEach
    void start() throws IOException {
        block = Loopback.claim();
        envoy = HttpServer.create(new InetSocketAddress(block.address(2, 1), 9080), 0);
        envoy.createContext("/", this::answer);
        envoy.start();
        application = start(Bookinfo.WORKLOADS);
    }

    @AfterEach
    void stop() {
        end.countDown();
        application.close();
        envoy.stop(0);
        block.close();
    }

    @Test
    void theFrontPageTellsWhatEachServiceSaid() throws Exception {
        JsonNode page = get("productpage-v1", "/productpage", 200);

        assertThat(page.at("/service").textValue()).isEqualTo("productpage");
        assertThat(page.at("/version").textValue()).isEqualTo("v1");
        assertThat(page.at("/reviews/status").intValue()).isEqualTo(200);
        assertThat(page.at("/reviews/body/said").textValue()).isEqualTo("reviews");
        assertThat(page.at("/details/body/said").textValue()).isEqualTo("details");
        assertThat(page.has("note")).isFalse();
    }

    @Test
    void theFrontPageFailsWithoutReviewsOrDetails() throws Exception {
        statuses.put("reviews", 500);
        assertThat(get("productpage-v1", "/productpage", 500)
                        .at("/reviews/status")
                        .intValue())
                .isEqualTo(500);

        statuses.put("reviews", 200);
        statuses.put("details", 503);
        assertThat(get("productpage-v1", "/productpage", 500).at("/note").textValue())
                .isEqualTo("details are not available");
    }

    @Test
    void onlyReviewsV2FailsWhenRatingsFails() throws Exception {
        statuses.put("ratings", 500);

        assertThat(get("reviews-v1", "/reviews", 200).at("/note").textValue()).isEqualTo("ratings are not available");
        assertThat(get("reviews-v2", "/reviews", 500).at("/ratings/status").intValue())
                .isEqualTo(500);
        assertThat(get("reviews-v3", "/reviews", 200).at("/note").textValue()).isEqualTo("ratings are not available");
    }

    @Test
    void anAnswerThatIsNotJsonIsKeptAsText() throws Exception {
        statuses.put("ratings", 418);

        assertThat(get("reviews-v3", "/reviews", 200).at("/ratings/body").textValue())
                .isEqualTo("I'm a teapot");
    }

    @Test
    void anUpstreamThatIsTooSlowCountsAsAGatewayTimeout() throws Exception {
        statuses.put("ratings", -1);
        Workload impatient = Workload.of("reviews", "v9", 99, Upstream.optional("ratings", Duration.ofMillis(50)));

        try (Application other = start(List.of(impatient))) {
            assertThat(other).isNotNull();
            JsonNode answer = get(impatient, "/reviews", 200);

            assertThat(answer.at("/ratings/status").intValue()).isEqualTo(504);
            assertThat(answer.at("/ratings/body").textValue()).isEqualTo("no answer within PT0.05S");
        }
    }

    @Test
    void anEnvoyThatIsNotThereCountsAsUnavailable() throws Exception {
        envoy.stop(0);

        assertThat(get("reviews-v2", "/reviews", 500).at("/ratings/status").intValue())
                .isEqualTo(503);
    }

    @Test
    void tracingAndTestHeadersArePassedOnAndOthersAreNot() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(Bookinfo.workload("reviews-v1"), "/reviews"))
                .headers("x-canary", "true", "end-user", "jason", "x-b3-traceid", "1", "cookie", "secret")
                .build();

        client.send(request, HttpResponse.BodyHandlers.discarding());

        assertThat(received.get("ratings"))
                .containsEntry("X-canary", List.of("true"))
                .containsEntry("End-user", List.of("jason"))
                .containsEntry("X-b3-traceid", List.of("1"))
                .doesNotContainKey("Cookie");
    }

    @Test
    void everyServiceAnswersHealthChecksAndKnowsOnlyItsOwnPath() throws Exception {
        statuses.put("ratings", 500);

        assertThat(get("reviews-v2", "/healthz", 200).at("/version").textValue())
                .isEqualTo("v2");
        assertThat(get("ratings-v1", "/reviews", 404).at("/note").textValue())
                .isEqualTo("expected /ratings or /healthz");
        assertThat(get("ratings-v2", "/ratings", 200).at("/version").textValue())
                .isEqualTo("v2");
    }

    /** Status -1 stands for no answer. */
    private void answer(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String service = host.substring(0, host.indexOf(':'));
        received.put(service, exchange.getRequestHeaders());
        int status = statuses.getOrDefault(service, 200);
        if (status < 0) {
            awaitEnd();
        }
        String text = status == 418 ? "I'm a teapot" : "{\"said\": \"" + service + "\"}";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(Math.max(status, 200), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void awaitEnd() {
        try {
            if (!end.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test did not end");
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private Application start(List<Workload> workloads) {
        return Application.start(workloads, new Places() {
            @Override
            public InetSocketAddress program(Workload workload) {
                return new InetSocketAddress(block.address(3, workload.index()), 9080);
            }

            @Override
            public URI outbound(Workload workload) {
                return URI.create("http://" + block.address(2, 1) + ":9080");
            }
        });
    }

    private JsonNode get(String workload, String path, int status) throws Exception {
        return get(Bookinfo.workload(workload), path, status);
    }

    private JsonNode get(Workload workload, String path, int status) throws Exception {
        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(uri(workload, path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new ObjectMapper().readTree(response.body());
    }

    private URI uri(Workload workload, String path) {
        return URI.create("http://" + block.address(3, workload.index()) + ":9080" + path);
    }
}

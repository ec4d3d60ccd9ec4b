package io.jenkins.plugins.chaosgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Value;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class WebhookClientTest {
    private static final Instant NOW = Instant.ofEpochSecond(1000);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            if (status == 0) {
                await();
            }
            try (exchange) {
                exchange.getResponseHeaders().add("Location", "/200");
                exchange.sendResponseHeaders(status, 0);
                // Longer than anybody should read.
                while (over.getCount() > 0) {
                    exchange.getResponseBody().write(new byte[8192]);
                }
            }
        });
        server.start();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static Reading read(URI url) {
        return new WebhookClient(HttpClient.newHttpClient(), Duration.ofMillis(500), InstantSource.fixed(NOW))
                .read(url)
                .join();
    }

    @ParameterizedTest
    @CsvSource({"200,1", "299,1", "302,0", "404,0", "500,0"})
    void theStatusDecidesAndAnEndlessBodyDoesNotMatter(int status, double expected) {
        assertThat(read(url("/" + status + "?q=1"))).isEqualTo(new Value(NOW, expected, OptionalLong.empty()));
        assertThat(seen).containsExactly("GET /" + status + "?q=1 null");
    }

    @Test
    void theDoorkeeperIsAskedBeforeEachRequest() {
        URI refused = url("/200?refused");
        WebhookClient client = new WebhookClient(
                HttpClient.newHttpClient(),
                Duration.ofSeconds(20),
                InstantSource.fixed(NOW),
                url -> CompletableFuture.completedFuture(
                        url.equals(refused) ? Optional.of("not one of the hosts") : Optional.empty()));
        assertThat(client.read(refused).join()).isEqualTo(new NoData(Why.REFUSED, "not one of the hosts"));
        assertThat(seen).isEmpty();
        assertThat(client.read(url("/200")).join()).isInstanceOf(Value.class);
        assertThat(client.read(refused).join()).isInstanceOf(NoData.class);
        assertThat(seen).hasSize(1);
    }

    @Test
    void silenceIsNoData() {
        NoData silent = (NoData) read(url("/0?token=s3cret"));
        assertThat(silent.why()).isEqualTo(Why.TIMED_OUT);
        assertThat(silent.detail()).contains("/0 did not answer within 500 ms").doesNotContain("s3cret");
    }

    @Test
    void nobodyThereIsNoData() {
        URI url = url("/200?token=s3cret");
        server.stop(0);
        NoData gone = (NoData) read(url);
        assertThat(gone.why()).isEqualTo(Why.UNAVAILABLE);
        assertThat(gone.detail()).contains("ConnectException").doesNotContain("s3cret");
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        NoData login = (NoData) read(URI.create("http://joe:s3cret@127.0.0.1/"));
        assertThat(login.why()).isEqualTo(Why.REFUSED);
        assertThat(login.detail()).doesNotContain("s3cret", "joe");
        assertThat(((NoData) read(URI.create("ftp://127.0.0.1/"))).why()).isEqualTo(Why.REFUSED);
        assertThat(seen).isEmpty();
    }

    @Test
    void aClientThatFollowsRedirectsIsRefused() {
        HttpClient follower = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatThrownBy(() -> new WebhookClient(follower, Duration.ofSeconds(1), InstantSource.fixed(NOW)))
                .hasMessageContaining("redirects");
    }
}

package io.jenkins.plugins.chaosgate.testbed.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.chaosgate.testbed.process.Await;
import io.jenkins.plugins.chaosgate.testbed.process.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Loopback block = Loopback.claim();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile String host;
    private volatile String tester;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(block.address(0, 1), 9080), 0);
        server.setExecutor(threads);
        server.createContext("/ok", exchange -> {
            requests.incrementAndGet();
            host = exchange.getRequestHeaders().getFirst("Host");
            tester = exchange.getRequestHeaders().getFirst("x-tester");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.createContext("/held", exchange -> {
            requests.incrementAndGet();
            awaitRelease();
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        held.countDown();
        server.stop(0);
        threads.shutdownNow();
        block.close();
    }

    @Test
    void sendsSteadilyAndCountsAnswers() {
        long started = System.nanoTime();
        try (Load load = Load.start(uri("/ok"), "ratings:9080", 50, Map.of("x-tester", "me"))) {
            Await.until("30 answers", LIMIT, () -> load.total() >= 30);

            // The first goes at once, so thirty take at least 29 periods of 20 ms; an upper limit would test the
            // machine.
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(29 * 20 - 20));
            assertThat(load.failures()).isZero();
            assertThat(load.lastFailure()).isEmpty();
            assertThat(load.failure(1)).isEmpty();
        }
        assertThat(host).isEqualTo("ratings:9080");
        assertThat(tester).isEqualTo("me");
    }

    @Test
    void tellsWhenFailuresArrived() {
        try (Load load = Load.start(uri("/ok"), "ratings:9080", 100, Map.of())) {
            Await.until("an answer", LIMIT, () -> load.total() > 0);
            Instant before = Instant.now();
            status = 500;
            Await.until("three failures", LIMIT, () -> load.failures() >= 3);
            status = 404;
            int seen = load.total();
            Await.until("more answers", LIMIT, () -> load.total() > seen + 5);

            assertThat(load.failure(1).orElseThrow()).isAfterOrEqualTo(before);
            assertThat(load.failure(2).orElseThrow())
                    .isAfterOrEqualTo(load.failure(1).orElseThrow())
                    .isBeforeOrEqualTo(load.lastFailure().orElseThrow());
            assertThat(load.failure(load.failures())).isEqualTo(load.lastFailure());
            assertThat(load.failure(load.failures() + 1)).isEmpty();
            assertThat(load.answers()).anyMatch(answer -> answer.status() == 404 && !answer.failed());
        }
    }

    @Test
    void aRequestThatHangsDoesNotHoldUpTheNext() {
        try (Load load = Load.start(uri("/held"), "ratings:9080", 100, Map.of())) {
            Await.until("20 requests on the way", LIMIT, () -> requests.get() >= 20);

            assertThat(load.total()).isZero();
        }
    }

    @Test
    void noAnswerIsAFailureAndNothingIsCountedAfterTheEnd() {
        server.stop(0);
        Load load = Load.start(uri("/ok"), "ratings:9080", 100, Map.of());
        Await.until("a failure", LIMIT, () -> load.failures() > 0);

        assertThat(load.answers().get(0).status()).isZero();

        load.close();
        load.close();
        assertThat(requests).hasValue(0);
    }

    @Test
    void refusesARateThatIsNone() {
        for (double rate : new double[] {0, -1, Double.NaN, 20_000}) {
            assertThatThrownBy(() -> Load.start(uri("/ok"), "ratings:9080", rate, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("requests a second, found " + rate);
        }
    }

    private void awaitRelease() {
        try {
            if (!held.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test did not end");
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private URI uri(String path) {
        return URI.create("http://" + block.address(0, 1) + ":9080" + path);
    }
}

package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Answer.Scalar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PrometheusClientTest {
    private static final String FOUR =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"4\"]}}";

    /** What the server does with a request. */
    private interface Behaviour {
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Behaviour behaviour = exchange -> answer(exchange, 200, FOUR);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            try (exchange) {
                behaviour.handle(exchange);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private PrometheusSettings settings(Credentials credentials) {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prom");
        return PrometheusSettings.of(base, credentials);
    }

    private PrometheusClient client(PrometheusSettings settings) {
        return new PrometheusClient(HttpClient.newHttpClient(), settings);
    }

    private static NoAnswer failure(CompletableFuture<Answer> answer) {
        try {
            throw new AssertionError("expected no answer, found "
                    + answer.orTimeout(20, TimeUnit.SECONDS).join());
        } catch (CompletionException failure) {
            return (NoAnswer) failure.getCause();
        }
    }

    @Test
    void asksByFormUnderThePathOfTheAddress() {
        Answer answer = client(settings(Credentials.NONE))
                .query("sum(a{b=\"c&d\"})", Instant.ofEpochMilli(1_700_000_000_250L))
                .join();

        assertThat(answer.result()).isEqualTo(new Scalar(new Sample(1000, 4)));
        assertThat(seen)
                .containsExactly("POST /prom/api/v1/query query=sum%28a%7Bb%3D%22c%26d%22%7D%29"
                        + "&timeout=10000ms&nocache=1&time=1700000000.250 null");
    }

    @Test
    void asksForARange() {
        client(settings(Credentials.NONE))
                .queryRange("a", Instant.ofEpochSecond(10), Instant.ofEpochSecond(70), Duration.ofMillis(1500))
                .join();

        assertThat(seen)
                .containsExactly("POST /prom/api/v1/query_range query=a&timeout=10000ms&nocache=1"
                        + "&start=10.000&end=70.000&step=1.500 null");
    }

    @Test
    void sendsCredentialsAndNeverShowsThem() {
        client(settings(Credentials.bearer("s3cret\n"))).query("a").join();
        client(settings(Credentials.basic("joe", "pässw0rd"))).query("a").join();
        assertThat(seen.get(0)).endsWith("Bearer s3cret");
        assertThat(seen.get(1)).endsWith("Basic am9lOnDDpHNzdzByZA==");

        behaviour = exchange -> answer(exchange, 401, "no");
        PrometheusSettings settings = settings(Credentials.bearer("s3cret"));
        NoAnswer refused = failure(client(settings).query("a"));
        assertThat(refused.why()).isEqualTo(Why.UNAVAILABLE);
        assertThat(refused.toString() + settings + Credentials.basic("joe", "s3cret"))
                .doesNotContain("s3cret", "joe");
    }

    @Test
    void refusesSettingsThatWouldLeakOrCannotWork() {
        for (String bad : List.of("http://joe:s3cret@host/", "http://joe:s3cret@ho_st/", "ftp://host/", "host")) {
            assertThatThrownBy(() -> PrometheusSettings.of(URI.create(bad), Credentials.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("s3cret");
        }
        assertThatThrownBy(() -> PrometheusSettings.of(URI.create("http://host/?token=1"), Credentials.NONE))
                .hasMessageContaining("without ?");
        assertThatThrownBy(() -> Credentials.bearer("s3c\nret")).hasMessageNotContaining("s3c");
        assertThatThrownBy(() -> Credentials.bearer(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Credentials.basic("a:b", "s3cret")).hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> settings(Credentials.NONE).withTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        HttpClient follower = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThatThrownBy(() -> new PrometheusClient(follower, settings(Credentials.NONE)))
                .hasMessageContaining("redirects");
    }

    @Test
    void triesAgainWhenAProxyOnTheWayFails() {
        behaviour = exchange -> answer(exchange, requests.get() < 3 ? 503 : 200, requests.get() < 3 ? "oops" : FOUR);
        assertThat(client(settings(Credentials.NONE)).query("a").join().result())
                .isInstanceOf(Scalar.class);
        assertThat(requests).hasValue(3);
    }

    @Test
    void givesUpAfterTwoMoreAttempts() {
        behaviour = exchange -> answer(exchange, 503, "oops");
        NoAnswer failure = failure(client(settings(Credentials.NONE)).query("a"));
        assertThat(failure.why()).isEqualTo(Why.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("HTTP 503").hasMessageContaining("oops");
        assertThat(requests).hasValue(3);
    }

    @Test
    void doesNotTryAgainWhatIsWrong() {
        behaviour = exchange ->
                answer(exchange, 400, "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse\"}");
        assertThat(failure(client(settings(Credentials.NONE)).query("(")).why()).isEqualTo(Why.REFUSED);
        assertThat(requests).hasValue(1);
    }

    @Test
    void anAnswerThatIsCutShortIsTriedAgain() {
        behaviour = exchange -> {
            if (requests.get() == 1) {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write(FOUR.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            } else {
                answer(exchange, 200, FOUR);
            }
        };
        assertThat(client(settings(Credentials.NONE)).query("a").join().result())
                .isInstanceOf(Scalar.class);
    }

    @Test
    void nobodyThereIsUnavailable() {
        PrometheusSettings settings = settings(Credentials.NONE);
        server.stop(0);
        NoAnswer failure = failure(client(settings).query("a"));
        assertThat(failure.why()).isEqualTo(Why.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("cannot be reached").hasMessageContaining("ConnectException");
    }

    @Test
    void silenceIsTimedOut() {
        behaviour = exchange -> over.await();
        PrometheusSettings settings = settings(Credentials.NONE).withTimeout(Duration.ofMillis(300));
        NoAnswer failure = failure(client(settings).query("a"));
        assertThat(failure.why()).isEqualTo(Why.TIMED_OUT);
        assertThat(failure).hasMessageContaining("300 ms");
    }

    @Test
    void aBodyThatDripsIsTimedOut() {
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            over.await();
        };
        PrometheusSettings settings = settings(Credentials.NONE).withTimeout(Duration.ofMillis(300));
        assertThat(failure(client(settings).query("a")).why()).isEqualTo(Why.TIMED_OUT);
    }

    @Test
    void anEndlessBodyIsCutOff() {
        CountDownLatch hungUp = new CountDownLatch(1);
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (over.getCount() > 0) {
                    exchange.getResponseBody().write(new byte[8192]);
                }
            } catch (IOException broken) {
                hungUp.countDown();
                throw broken;
            }
        };
        NoAnswer failure =
                failure(client(settings(Credentials.NONE).withMaxBytes(100_000)).query("a"));
        assertThat(failure.why()).isEqualTo(Why.GARBAGE);
        assertThat(failure).hasMessageContaining("larger than 100000 bytes");
        assertThat(requests).hasValue(1);
        assertThat(waited(hungUp)).as("the server notices that nobody listens").isTrue();
    }

    @Test
    void anAnswerOfExactlyTheLargestSizeIsRead() {
        int size = FOUR.length();
        assertThat(client(settings(Credentials.NONE).withMaxBytes(size))
                        .query("a")
                        .join()
                        .result())
                .isInstanceOf(Scalar.class);
        assertThat(failure(client(settings(Credentials.NONE).withMaxBytes(size - 1))
                                .query("a"))
                        .why())
                .isEqualTo(Why.GARBAGE);
    }

    @Test
    void redirectsAreNotFollowed() {
        behaviour = exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            answer(exchange, 302, "");
        };
        assertThat(failure(client(settings(Credentials.NONE)).query("a"))).hasMessageContaining("redirects");
        assertThat(requests).hasValue(1);
    }

    @Test
    void onlySoManyAreUnderWayAtOnce() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch six = new CountDownLatch(6);
        behaviour = exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            six.countDown();
            assertThat(waited(six)).isTrue();
            now.decrementAndGet();
            answer(exchange, 200, FOUR);
        };
        PrometheusClient client = client(settings(Credentials.NONE));
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(client.query("a"));
        }
        answers.forEach(CompletableFuture::join);
        assertThat(most).hasValue(6);
        assertThat(requests).hasValue(20);
    }

    private static boolean waited(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

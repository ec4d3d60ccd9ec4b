package io.jenkins.plugins.chaosgate.testbed.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.process.Loopback;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final List<String> queries = new CopyOnWriteArrayList<>();
    private Loopback block;
    private HttpServer prometheus;
    private Metrics metrics;
    private volatile String values = "";

    @BeforeEach
    void start() throws Exception {
        block = Loopback.claim();
        prometheus = HttpServer.create(new InetSocketAddress(block.address(0, 5), 9090), 0);
        prometheus.createContext("/api/v1/query", exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            queries.add(URLDecoder.decode(query, StandardCharsets.UTF_8));
            byte[] body = "{\"data\": {\"result\": [%s]}}".formatted(values).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        prometheus.start();
        metrics = new Metrics(URI.create("http://" + block.address(0, 5) + ":9090"));
    }

    @AfterEach
    void stop() {
        prometheus.stop(0);
        block.close();
    }

    @Test
    void addsUpWhatAQueryFinds() throws Exception {
        assertThat(metrics.sum("none")).isZero();

        values = "{\"metric\": {\"app\": \"a\"}, \"value\": [1, \"2.5\"]}, {\"metric\": {}, \"value\": [1, \"4\"]}";

        assertThat(metrics.sum("up{app=\"a\"} > 0")).isEqualTo(6.5);
        assertThat(metrics.series("up")).containsExactly(Map.of("app", "a"), Map.of());
        assertThat(queries).contains("query=up{app=\"a\"} > 0");
    }

    @Test
    void allAreScrapedWhenEachTargetIsUp() throws Exception {
        values = "{\"value\": [1, \"%d\"]}".formatted(Bookinfo.WORKLOADS.size());
        assertThat(metrics.scrapesAll(Bookinfo.WORKLOADS)).isTrue();

        values = "{\"value\": [1, \"1\"]}";
        assertThat(metrics.scrapesAll(Bookinfo.WORKLOADS)).isFalse();
    }

    @Test
    void waitsForAScrapeThatBeganLater() {
        values = "{\"value\": [1, \"%d\"]}"
                .formatted(Instant.now().plusSeconds(60).getEpochSecond());

        metrics.awaitHistograms();

        assertThat(queries).hasSizeGreaterThanOrEqualTo(2);
    }
}

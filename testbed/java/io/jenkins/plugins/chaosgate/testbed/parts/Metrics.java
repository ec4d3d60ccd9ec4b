package io.jenkins.plugins.chaosgate.testbed.parts;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.chaosgate.testbed.app.Workload;
import io.jenkins.plugins.chaosgate.testbed.process.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What tests ask a bed's Prometheus. */
public final class Metrics {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final URI prometheus;

    /** Asks the Prometheus at that base address. */
    public Metrics(URI prometheus) {
        this.prometheus = prometheus;
    }

    /** The sum of an instant query's results; 0 when there is none. */
    public double sum(String query) throws IOException {
        double sum = 0;
        for (JsonNode result : results(query)) {
            sum += result.at("/value/1").asDouble();
        }
        return sum;
    }

    /** The labels of each series that an instant query finds. */
    public List<Map<String, String>> series(String query) throws IOException {
        List<Map<String, String>> series = new ArrayList<>();
        for (JsonNode result : results(query)) {
            series.add(JSON.convertValue(result.get("metric"), new TypeReference<TreeMap<String, String>>() {}));
        }
        return series;
    }

    /** Whether each workload's Envoy has been scraped; Prometheus begins some seconds after it is ready. */
    public boolean scrapesAll(List<Workload> workloads) throws IOException {
        return sum("count(up == 1)") == workloads.size();
    }

    /** Returns once every target was scraped after this call began, so that a query sees all that happened before it. */
    public void awaitScrape() {
        double now = Instant.now().toEpochMilli() / 1000.0;
        Await.until("every target to be scraped", LIMIT, () -> sum("min(timestamp(up))") > now);
    }

    /** Like {@link #awaitScrape} for histograms too, which an Envoy shows up to a second late. */
    public void awaitHistograms() {
        awaitScrape();
        awaitScrape();
    }

    private JsonNode results(String query) throws IOException {
        URI uri = URI.create(prometheus + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        try (InputStream answer = uri.toURL().openStream()) {
            return JSON.readTree(answer).at("/data/result");
        }
    }
}

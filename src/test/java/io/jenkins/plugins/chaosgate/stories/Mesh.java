package io.jenkins.plugins.chaosgate.stories;

import io.jenkins.plugins.chaosgate.gate.FakeMesh;
import io.jenkins.plugins.chaosgate.gate.VirtualClock;
import io.jenkins.plugins.chaosgate.telemetry.FakePrometheus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bookinfo as its callers feel it: productpage calls reviews, of which v2 is the canary and v1 the stable version, and reviews
 * calls ratings. A story says what becomes of each second's requests; the proxies count it as Istio's would, and Prometheus
 * scrapes them each second. What callers got under the fault is remembered, whatever a gate makes of it.
 */
final class Mesh {

    private static final Map<String, String> POD = Map.of("job", "envoy", "reporter", "destination");
    private static final Map<String, String> CALLER = Map.of(
            "job",
            "envoy",
            "instance",
            "productpage",
            "reporter",
            "source",
            "source_app",
            "productpage",
            "source_workload",
            "productpage-v1",
            "destination_service",
            "reviews.bookinfo.svc.cluster.local");

    final FakePrometheus prometheus = new FakePrometheus();
    private final VirtualClock clock;
    private final FakeMesh cluster;
    private final Story story;
    private final Instant beginning;
    private final Map<Map<String, String>, Double> counters = new LinkedHashMap<>();
    private Instant faultInAt = Instant.MAX;
    private long callersUnderFault;
    private long failedUnderFault;
    private boolean podScraped = true;

    /** What becomes of the requests of one second. */
    @FunctionalInterface
    interface Story {
        /** @param underFault for how many full seconds the fault has been in; below 0 while it is not */
        void second(Mesh mesh, long underFault);
    }

    Mesh(VirtualClock clock, FakeMesh cluster, Story story) {
        this.clock = clock;
        this.cluster = cluster;
        this.story = story;
        this.beginning = clock.now();
        // The proxies were scraped before anybody looked.
        for (int second = -20; second <= 0; second++) {
            story.second(this, -1);
            scrape(beginning.plusSeconds(second));
        }
        tick();
    }

    private void tick() {
        clock.after(Duration.ofSeconds(1)).thenRun(() -> {
            boolean hurts = cluster.hurts();
            faultInAt = hurts && faultInAt.equals(Instant.MAX) ? clock.now() : faultInAt;
            story.second(this, hurts ? Duration.between(faultInAt, clock.now()).toSeconds() : -1);
            scrape(clock.now());
            tick();
        });
    }

    private void scrape(Instant at) {
        prometheus.serverTime = at;
        counters.forEach((labels, value) -> {
            if (podScraped || !"v2".equals(labels.get("instance"))) {
                prometheus.sample("istio_requests_total", labels, at, value);
            }
        });
        for (String instance : new String[] {"v1", "v2", "productpage"}) {
            double up = podScraped || !instance.equals("v2") ? 1 : 0;
            prometheus.sample("up", Map.of("job", "envoy", "instance", instance), at, up);
        }
    }

    private void count(Map<String, String> labels, long more) {
        counters.merge(labels, (double) more, Double::sum);
    }

    private static Map<String, String> with(Map<String, String> labels, String... more) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static Map<String, String> to(Map<String, String> labels, String version) {
        return version.isEmpty()
                ? with(labels, "destination_workload", "unknown", "destination_app", "unknown")
                : with(
                        labels,
                        "destination_workload",
                        "reviews-" + version,
                        "destination_workload_namespace",
                        "bookinfo",
                        "destination_app",
                        "reviews",
                        "destination_version",
                        version);
    }

    private static Map<String, String> answer(Map<String, String> labels, String code, String flags) {
        return with(labels, "response_code", code, "response_flags", flags);
    }

    // --- what a story says of a second ---

    /** A pod of that version answered so many callers, well or badly. */
    void answers(String version, long good, long bad) {
        Map<String, String> pod = to(with(POD, "instance", version, "destination_service_name", "reviews"), version);
        count(answer(pod, "200", "-"), good);
        count(answer(pod, "500", "-"), bad);
        count(answer(to(CALLER, version), "200", "-"), good);
        count(answer(to(CALLER, version), "500", "-"), bad);
        remember(version, good + bad, bad);
    }

    /** So many callers were not answered by any pod, for that reason; the version is empty where no endpoint was chosen. */
    void unanswered(String version, String flag, long callers) {
        count(answer(to(CALLER, version), "503", flag), callers);
        remember(version.isEmpty() ? "v2" : version, callers, callers);
    }

    /** So many callers gave up while a pod of the canary was at it. */
    void cancelled(long callers) {
        count(answer(to(CALLER, "v2"), "0", "DC"), callers);
        count(answer(to(with(POD, "instance", "v2", "destination_service_name", "reviews"), "v2"), "0", "DC"), callers);
    }

    /** The canary called ratings; the fault met some of these calls. */
    void calls(long affected, long others) {
        calls("v2", affected, others);
    }

    /** The same at one of several proxies of the canary. */
    void calls(String proxy, long affected, long others) {
        Map<String, String> call = with(
                Map.of(
                        "job",
                        "envoy",
                        "reporter",
                        "source",
                        "source_app",
                        "reviews",
                        "source_version",
                        "v2",
                        "source_workload",
                        "reviews-v2",
                        "source_workload_namespace",
                        "bookinfo",
                        "destination_service",
                        "ratings.bookinfo.svc.cluster.local"),
                "instance",
                proxy);
        count(answer(call, "500", "FI"), affected);
        count(answer(call, "200", "-"), others);
    }

    /** The canary's pod and its proxy began anew: so did their counters. */
    void restart() {
        counters.replaceAll((labels, value) -> "v2".equals(labels.get("instance")) ? 0 : value);
    }

    /** Prometheus can no longer scrape the canary's pod. */
    void unscraped() {
        podScraped = false;
    }

    private void remember(String version, long callers, long failed) {
        if (version.equals("v2") && cluster.hurts()) {
            callersUnderFault += callers;
            failedUnderFault += failed;
        }
    }

    /** Which share of the canary's callers got a failure while the fault was in. */
    double failedShare() {
        return callersUnderFault == 0 ? 0 : (double) failedUnderFault / callersUnderFault;
    }
}

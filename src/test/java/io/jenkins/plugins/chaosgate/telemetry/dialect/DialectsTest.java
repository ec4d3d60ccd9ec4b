package io.jenkins.plugins.chaosgate.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.chaosgate.experiment.BandwidthLimit;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.gate.port.InjectionPoint;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectsTest {
    private static final ServiceName REVIEWS = new ServiceName("reviews", "bookinfo");
    private static final Workloads CANARY = new Workloads(
            new TreeMap<>(Map.of("app", "reviews", "version", "v2")), List.of("reviews-v2"), List.of("reviews-v2-abc"));
    private static final Workloads OTHERS =
            new Workloads(Map.of(), List.of("reviews-v1", "reviews-v3"), List.of("reviews-v1-x", "reviews-v3-y"));
    private static final Scope TO_RATINGS = new Scope(
            Map.of(),
            new ServiceName("ratings", "bookinfo"),
            OptionalInt.empty(),
            Map.of(),
            Percentage.ALL,
            OptionalInt.empty());
    private static final Fault ABORT = new HttpAbort(TO_RATINGS, 500);
    private static final Fault DELAY = new HttpDelay(TO_RATINGS, Duration.ofSeconds(1));
    private static final Fault LIMIT = new BandwidthLimit(TO_RATINGS, 10);

    private final MetricDialect istio = Dialects.named("istio", "bookinfo", Matchers.NONE);
    private final MetricDialect envoy = Dialects.named("envoy", "bookinfo", Matchers.NONE);

    @Test
    void areFoundByName() {
        assertThat(Dialects.names()).containsExactly("envoy", "istio");
        assertThat(istio.name()).isEqualTo("istio");
        assertThat(envoy.name()).isEqualTo("envoy");
        assertThatThrownBy(() -> Dialects.named("linkerd", "x", Matchers.NONE)).hasMessageContaining("envoy, istio");
    }

    @Test
    void istioAsksTheServersProxies() {
        assertThat(istio.requests(REVIEWS, Optional.empty()).selector())
                .hasToString("istio_requests_total{reporter=\"destination\",destination_service_name=\"reviews\","
                        + "destination_workload_namespace=\"bookinfo\"}");
        assertThat(istio.requests(REVIEWS, Optional.of(CANARY)).selector())
                .hasToString(
                        "istio_requests_total{reporter=\"destination\",destination_workload_namespace=\"bookinfo\","
                                + "destination_app=\"reviews\",destination_version=\"v2\"}");
        assertThat(istio.durations(REVIEWS, Optional.of(OTHERS)).selector())
                .hasToString("istio_request_duration_milliseconds_bucket{reporter=\"destination\","
                        + "destination_workload_namespace=\"bookinfo\","
                        + "destination_workload=~\"reviews-v1|reviews-v3\"}");
    }

    @Test
    void labelsThatMetricsLackAreNotAskedFor() {
        Workloads labelled = new Workloads(Map.of("app", "reviews", "track", "canary"), List.of("rc"), List.of("rc-1"));
        assertThat(istio.requests(REVIEWS, Optional.of(labelled)).selector().toString())
                .contains("destination_workload=\"rc\"")
                .doesNotContain("track", "destination_app");
        assertThat(envoy.requests(REVIEWS, Optional.of(labelled)).selector().toString())
                .contains("pod=\"rc-1\"")
                .doesNotContain("track", "app=");
    }

    @Test
    void unknownWorkloadsAreNoSeries() {
        for (MetricDialect dialect : List.of(istio, envoy)) {
            assertThatThrownBy(() -> dialect.requests(REVIEWS, Optional.of(Workloads.NONE)))
                    .isInstanceOfSatisfying(
                            NoAnswer.class, no -> assertThat(no.why()).isEqualTo(Why.NO_SERIES));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200,,false",
        "404,,false",
        "500,,true",
        "503,,true",
        "599,,true",
        "0,,true",
        "5,,false",
        "50,,false",
        "200,0,false",
        "200,5,false",
        "200,14,true",
        "200,2,true",
        "200,13,true",
        "200,1,false",
        "503,0,true"
    })
    void istioTellsFailedRequests(String code, String grpc, boolean failed) {
        Map<String, String> labels = grpc == null
                ? Map.of("response_code", code)
                : Map.of("response_code", code, "request_protocol", "grpc", "grpc_response_status", grpc);
        assertThat(istio.requests(REVIEWS, Optional.empty()).failed().test(labels))
                .isEqualTo(failed);
    }

    @ParameterizedTest
    @CsvSource({"-,true,true", "'DI,FI',false,false", "FI,false,false", "DI,true,false", "XFI,true,true"})
    void istioLeavesOutWhatAFaultTouched(String flags, boolean countsAsRequest, boolean countsAsDuration) {
        Map<String, String> labels = Map.of("response_flags", flags);
        assertThat(istio.requests(REVIEWS, Optional.empty()).counts().test(labels))
                .isEqualTo(countsAsRequest);
        assertThat(istio.durations(REVIEWS, Optional.empty()).counts().test(labels))
                .isEqualTo(countsAsDuration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"response_flags", "other"})
    void withoutResponseFlagsIstioTellsNothing(String label) {
        Map<String, String> labels = Map.of(label, "", "response_code", "200");
        List<Predicate<Map<String, String>>> tests = List.of(
                istio.requests(REVIEWS, Optional.empty()).counts(),
                istio.durations(REVIEWS, Optional.empty()).counts(),
                istio.injections(ABORT, new InjectionPoint(CANARY, false)).hurt());
        assertThat(tests).allSatisfy(test -> assertThatThrownBy(() -> test.test(labels))
                .isInstanceOf(NoAnswer.class)
                .hasMessageContaining("response_flags"));
    }

    @Test
    void istioCountsOutboundFaultsAtTheCaller() {
        InjectionSeries aborts = istio.injections(ABORT, new InjectionPoint(CANARY, false));
        assertThat(aborts.selector())
                .hasToString("istio_requests_total{reporter=\"source\",source_workload_namespace=\"bookinfo\","
                        + "source_app=\"reviews\",source_version=\"v2\","
                        + "destination_service=~\"ratings\\\\.bookinfo(\\\\..*)?\"}");
        assertThat(aborts.hurt().test(Map.of("response_flags", "DI,FI"))).isTrue();
        assertThat(aborts.hurt().test(Map.of("response_flags", "DI"))).isFalse();
        assertThat(istio.injections(new GrpcAbort(TO_RATINGS, 14), new InjectionPoint(CANARY, false))
                        .hurt()
                        .test(Map.of("response_flags", "FI")))
                .isTrue();
        InjectionSeries delays = istio.injections(DELAY, new InjectionPoint(CANARY, false));
        assertThat(delays.hurt().test(Map.of("response_flags", "DI,FI"))).isTrue();
        assertThat(delays.hurt().test(Map.of("response_flags", "FI"))).isFalse();
        assertThat(delays.sign()).isNotEqualTo(aborts.sign());
    }

    /** Where routes lead calls to other hosts, Istio records these. */
    @Test
    void istioCountsCallsWhereTheyEnd() {
        InjectionPoint split = new InjectionPoint(
                CANARY,
                false,
                List.of("ratings-canary.bookinfo.svc.example.org", "ratings.bookinfo.svc.example.org", "pay.example"));
        String hosts = "destination_service=~\"ratings\\\\.bookinfo(\\\\..*)?|ratings-canary\\\\.bookinfo(\\\\..*)?"
                + "|pay\\\\.example\"";
        assertThat(istio.injections(ABORT, split).selector().toString()).contains(hosts);
        assertThat(istio.bystanders(List.of(ABORT), List.of(split)).selector().toString())
                .contains(hosts);
    }

    @Test
    void istioCountsInboundFaultsAtTheCanary() {
        assertThat(istio.injections(ABORT, new InjectionPoint(CANARY, true)).selector())
                .hasToString("istio_requests_total{reporter=\"destination\","
                        + "destination_workload_namespace=\"bookinfo\",destination_app=\"reviews\","
                        + "destination_version=\"v2\"}");
    }

    @Test
    void othersAreAllWhoCallTheServiceButTheFaultsOwnCallers() {
        BystanderSeries beside = istio.bystanders(
                List.of(ABORT, DELAY),
                List.of(
                        new InjectionPoint(CANARY, false),
                        new InjectionPoint(
                                new Workloads(Map.of("tier", "x"), List.of("batch"), List.of("batch-1")), false)));
        assertThat(beside.selector())
                .hasToString("istio_requests_total{reporter=\"source\",source_workload_namespace=\"bookinfo\","
                        + "destination_service=~\"ratings\\\\.bookinfo(\\\\..*)?\"}");
        assertThat(beside.countsAll()).isTrue();
        Map<String, String> canary = Map.of("source_app", "reviews", "source_version", "v2");
        assertThat(beside.others().test(canary)).isFalse();
        assertThat(beside.others().test(Map.of("source_workload", "batch"))).isFalse();
        assertThat(beside.others().test(Map.of("source_app", "reviews", "source_version", "v1")))
                .isTrue();
        assertThat(beside.others().test(Map.of("source_workload", "productpage")))
                .isTrue();
        assertThat(beside.hurt().test(Map.of("response_flags", "UF,FI"))).isTrue();
        assertThat(beside.hurt().test(Map.of("response_flags", "DI"))).isTrue();
        assertThat(beside.hurt().test(Map.of("response_flags", "-"))).isFalse();
    }

    @Test
    void envoysCountersTellOnlyOfOthersThatWereHurt() {
        BystanderSeries beside = istio.bystanders(List.of(LIMIT), List.of(new InjectionPoint(CANARY, true)));
        assertThat(beside.selector())
                .hasToString("envoy_http_fault_response_rl_injected{namespace=\"bookinfo\","
                        + "http_conn_manager_prefix!~\"outbound.*\"}");
        assertThat(beside.countsAll()).isFalse();
        assertThat(beside.others().test(Map.of("app", "reviews", "version", "v2")))
                .isFalse();
        assertThat(beside.others().test(Map.of("app", "reviews", "version", "v1")))
                .isTrue();
    }

    @Test
    void bandwidthHasOnlyEnvoysCounter() {
        String expected = "envoy_http_fault_response_rl_injected{namespace=\"bookinfo\",app=\"reviews\",version=\"v2\","
                + "http_conn_manager_prefix!~\"inbound.*\"}";
        assertThat(istio.injections(LIMIT, new InjectionPoint(CANARY, false)).selector())
                .hasToString(expected);
        assertThat(envoy.injections(LIMIT, new InjectionPoint(CANARY, false)).selector())
                .hasToString(expected);
    }

    @Test
    void envoyAsksInboundClusters() {
        RequestSeries all = envoy.requests(REVIEWS, Optional.empty());
        assertThat(all.selector())
                .hasToString("envoy_cluster_upstream_rq{cluster_name=~\"inbound\\\\|.*\",namespace=\"bookinfo\","
                        + "app=\"reviews\",response_code_class=~\"[1-5]xx\"}");
        assertThat(all.failed().test(Map.of("response_code_class", "5xx"))).isTrue();
        assertThat(all.failed().test(Map.of("response_code_class", "4xx"))).isFalse();
        assertThat(all.counts().test(Map.of())).isTrue();
        assertThat(envoy.durations(REVIEWS, Optional.of(OTHERS)).selector())
                .hasToString("envoy_cluster_upstream_rq_time_bucket{cluster_name=~\"inbound\\\\|.*\","
                        + "namespace=\"bookinfo\",pod=~\"reviews-v1-x|reviews-v3-y\"}");
    }

    @Test
    void envoyHasACounterForEachKindOfFault() {
        assertThat(envoy.injections(ABORT, new InjectionPoint(CANARY, true)).selector())
                .hasToString("envoy_http_fault_aborts_injected{namespace=\"bookinfo\",app=\"reviews\",version=\"v2\","
                        + "http_conn_manager_prefix!~\"outbound.*\"}");
        assertThat(envoy.injections(DELAY, new InjectionPoint(CANARY, false))
                        .selector()
                        .metric())
                .isEqualTo("envoy_http_fault_delays_injected");
        assertThat(envoy.injections(DELAY, new InjectionPoint(CANARY, false))
                        .hurt()
                        .test(Map.of()))
                .isTrue();
    }

    @Test
    void hostileNamesStayNames() {
        Workloads hostile = new Workloads(Map.of("app", "\"} or up{x=\""), List.of(), List.of("p"));
        assertThat(istio.requests(new ServiceName("a\"b", "n\\"), Optional.empty())
                        .selector()
                        .toString())
                .contains("destination_service_name=\"a\\\"b\"", "namespace=\"n\\\\\"");
        assertThat(istio.requests(REVIEWS, Optional.of(hostile)).selector().toString())
                .contains("destination_app=\"\\\"} or up{x=\\\"\"");
    }
}

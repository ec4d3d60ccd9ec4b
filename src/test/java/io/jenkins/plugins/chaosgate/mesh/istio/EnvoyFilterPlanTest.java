package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.CANARY;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.PRODUCTPAGE;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.TICKET;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.abort;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.calls;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.callsFrom;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.callsOn;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.callsWith;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.errors;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.labels;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.service;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.virtualService;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.BandwidthLimit;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an experiment becomes in EnvoyFilters. */
class EnvoyFilterPlanTest {

    private final TestCluster cluster = Bookinfo.cluster();
    private final IstioFaultInjector injector = new IstioFaultInjector(cluster.client(), Runnable::run);

    @AfterEach
    void close() {
        cluster.close();
    }

    private Plan plan(Experiment experiment) {
        return done(injector.plan(experiment, TICKET));
    }

    private ObjectNode onlyObject(Experiment experiment) {
        Plan plan = plan(experiment);
        assertThat(errors(plan)).isEmpty();
        assertThat(plan.changes()).hasSize(1);
        return Json.parse(plan.changes().get(0).body());
    }

    private static JsonNode patch(ObjectNode object, int index) {
        return object.path("spec").path("configPatches").get(index);
    }

    private static JsonNode fault(ObjectNode object) {
        return patch(object, 0)
                .path("patch")
                .path("value")
                .path("typed_per_filter_config")
                .path("envoy.filters.http.fault");
    }

    @Test
    void anAbortOfTheCanarysCallsIsOneNarrowEnvoyFilter() {
        Plan plan = plan(experiment(abort(calls("ratings"))));
        assertThat(errors(plan)).isEmpty();
        assertThat(warnings(plan)).isEmpty();
        Change change = plan.changes().get(0);
        assertThat(change.edits()).isFalse();
        assertThat(change.gate()).isEqualTo("7f3a");
        assertThat(change.faults()).containsExactly(0);
        assertThat(change.object()).hasToString("EnvoyFilter bookinfo/chaos-gate-7f3a");
        assertThat(Json.parse(change.body()))
                .isEqualTo(
                        Json.parse(
                                """
                        {"apiVersion": "networking.istio.io/v1alpha3", "kind": "EnvoyFilter",
                         "metadata": {"name": "chaos-gate-7f3a", "namespace": "bookinfo",
                          "labels": {"app.kubernetes.io/managed-by": "chaos-gate", "chaos-gate.jenkins.io/gate": "7f3a"},
                          "annotations": {"chaos-gate.jenkins.io/origin": "build 12 of shop",
                           "chaos-gate.jenkins.io/since": "2026-01-01T00:00:00Z",
                           "chaos-gate.jenkins.io/until": "2026-01-01T00:05:00Z",
                           "chaos-gate.jenkins.io/experiment": "ratings outage"},
                          "ownerReferences": [{"apiVersion": "batch/v1", "kind": "Job", "name": "chaos-gate-7f3a",
                           "blockOwnerDeletion": false}]},
                         "spec": {"workloadSelector": {"labels": {"app": "reviews", "version": "v2"}},
                          "configPatches": [{"applyTo": "HTTP_ROUTE",
                           "match": {"context": "SIDECAR_OUTBOUND", "routeConfiguration":
                            {"vhost": {"name": "ratings.bookinfo.svc.cluster.local:9080"}}},
                           "patch": {"operation": "MERGE", "value": {"typed_per_filter_config":
                            {"envoy.filters.http.fault": {
                             "@type": "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault",
                             "abort": {"http_status": 500,
                              "percentage": {"numerator": 1000000, "denominator": "MILLION"}}}}}}}]}}
                        """));
    }

    @Test
    void theSceneSaysWhoIsWho() {
        Plan plan = plan(experiment(abort(calls("ratings"))));
        assertThat(plan.scene().canary())
                .isEqualTo(new Workloads(CANARY, List.of("reviews-v2"), List.of("reviews-v2")));
        assertThat(plan.scene().stable().names()).containsExactly("reviews-v1");
        assertThat(plan.scene().canaryServices()).containsExactly(new ServiceName("reviews", "bookinfo"));
        assertThat(plan.scene().injectionPoints()).singleElement().satisfies(point -> {
            assertThat(point.inbound()).isFalse();
            assertThat(point.proxies().names()).containsExactly("reviews-v2");
        });
    }

    @Test
    void abortDelayAndLimitOfTheSameCallsAreOneMessage() {
        Scope some = new Scope(
                Map.of(),
                new ServiceName("ratings", "bookinfo"),
                OptionalInt.empty(),
                labels("X-Tester", "canary"),
                new Percentage(125_000),
                OptionalInt.of(7));
        ObjectNode object = onlyObject(experiment(
                new HttpAbort(some, 503), new HttpDelay(some, Duration.ofMillis(1250)), new BandwidthLimit(some, 64)));
        assertThat(object.path("spec").path("configPatches")).hasSize(1);
        assertThat(fault(object))
                .isEqualTo(
                        Json.parse(
                                """
                        {"@type": "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault",
                         "abort": {"http_status": 503, "percentage": {"numerator": 125000, "denominator": "MILLION"}},
                         "delay": {"fixed_delay": "1.25s", "percentage": {"numerator": 125000, "denominator": "MILLION"}},
                         "response_rate_limit": {"fixed_limit": {"limit_kbps": 64},
                          "percentage": {"numerator": 125000, "denominator": "MILLION"}},
                         "headers": [{"name": "x-tester", "string_match": {"exact": "canary"}}],
                         "max_active_faults": 7}
                        """));
    }

    @Test
    void everyHttpPortGetsAPatchAndNoOther() {
        cluster.with(service(
                "many",
                "bookinfo",
                "{name: http-a, port: 80}, {name: tcp-b, port: 81}, {name: web, appProtocol: http2, port: 82},"
                        + " {name: guess, port: 83}"));
        ObjectNode object = onlyObject(experiment(abort(calls("many"))));
        assertThat(object.path("spec").path("configPatches").findValuesAsText("name"))
                .containsExactly("many.bookinfo.svc.cluster.local:80", "many.bookinfo.svc.cluster.local:82");
        ObjectNode onePort = onlyObject(experiment(abort(callsOn(82, "many"))));
        assertThat(onePort.path("spec").path("configPatches").findValuesAsText("name"))
                .containsExactly("many.bookinfo.svc.cluster.local:82");
    }

    @Test
    void portsThatCannotCarryTheFaultAreRefused() {
        cluster.with(service("many", "bookinfo", "{name: http-a, port: 80}, {name: tcp-b, port: 81}"));
        assertThat(errors(plan(experiment(abort(callsOn(99, "many"))))))
                .singleElement()
                .asString()
                .contains("has no port 99", "80 (http-a), 81 (tcp-b)");
        assertThat(errors(plan(experiment(abort(callsOn(81, "many"))))))
                .singleElement()
                .asString()
                .contains("port 81", "not HTTP");
        cluster.with(service("raw", "bookinfo", "{name: tcp, port: 81}"));
        assertThat(errors(plan(experiment(abort(calls("raw"))))))
                .singleElement()
                .asString()
                .contains("has no HTTP port");
    }

    @Test
    void anUndeclaredPortIsTakenWithAWarning() {
        cluster.with(service("quiet", "bookinfo", "{port: 80}"));
        Plan plan = plan(experiment(abort(calls("quiet"))));
        assertThat(plan.changes()).hasSize(1);
        assertThat(warnings(plan)).singleElement().asString().contains("does not say what port 80 speaks");
        assertThat(warnings(plan(experiment(abort(callsOn(80, "quiet")))))).hasSize(1);
    }

    @Test
    void aGrpcAbortIsOnlyForGrpc() {
        cluster.with(service("calc", "bookinfo", "{name: http, port: 80}, {name: grpc-calc, port: 81}"));
        ObjectNode object = onlyObject(experiment(new GrpcAbort(calls("calc"), 14)));
        assertThat(object.path("spec").path("configPatches").findValuesAsText("name"))
                .containsExactly("calc.bookinfo.svc.cluster.local:81");
        assertThat(fault(object).path("abort").path("grpc_status").asInt()).isEqualTo(14);
        assertThat(errors(plan(experiment(new GrpcAbort(calls("ratings"), 14)))))
                .singleElement()
                .asString()
                .contains("answer plain HTTP calls with 200");
        assertThat(errors(plan(experiment(new GrpcAbort(callsOn(80, "calc"), 14)))))
                .singleElement()
                .asString()
                .contains("port 80 of service calc.bookinfo is not gRPC");
    }

    @Test
    void faultsOfSeveralCallersAreSeveralObjects() {
        Plan plan = plan(
                experiment(abort(calls("ratings")), abort(callsFrom(PRODUCTPAGE, "details")), abort(calls("details"))));
        assertThat(errors(plan)).isEmpty();
        assertThat(plan.changes())
                .extracting(change -> change.object().name())
                .containsExactly("chaos-gate-7f3a", "chaos-gate-7f3a-2");
        assertThat(plan.changes().get(0).faults()).containsExactly(0, 2);
        assertThat(plan.changes().get(1).faults()).containsExactly(1);
        assertThat(Json.strings(Json.parse(plan.changes().get(1).body())
                        .path("spec")
                        .path("workloadSelector")
                        .path("labels")))
                .isEqualTo(PRODUCTPAGE);
        assertThat(plan.scene().injectionPoints().get(1).proxies().names()).containsExactly("productpage-v1");
    }

    @Test
    void faultsThatCannotBeInOneProxyTogetherAreRefused() {
        assertThat(errors(plan(experiment(abort(calls("ratings")), new HttpAbort(calls("ratings"), 503)))))
                .singleElement()
                .asString()
                .contains("[1, 2]", "only one abort");
        assertThat(errors(plan(experiment(
                        abort(calls("ratings")),
                        new HttpDelay(callsWith(Map.of("a", "b"), "ratings"), Duration.ofSeconds(1))))))
                .singleElement()
                .asString()
                .contains("differ in headers");
        assertThat(errors(plan(
                        experiment(abort(calls("ratings")), abort(callsFrom(labels("app", "reviews"), "ratings"))))))
                .singleElement()
                .asString()
                .contains("have callers in common");
    }

    @Test
    void callsToTheCanaryFromEverybodyAreHurtAtItsOwnProxy() {
        Plan plan = plan(experiment(abort(calls("reviews"))));
        assertThat(errors(plan)).isEmpty();
        assertThat(warnings(plan)).singleElement().asString().contains("listener is drained");
        JsonNode match = patch(Json.parse(plan.changes().get(0).body()), 0).path("match");
        assertThat(match.path("context").asText()).isEqualTo("SIDECAR_INBOUND");
        assertThat(match.findValue("name").asText()).isEqualTo("inbound|http|9080");
        assertThat(plan.scene().injectionPoints().get(0).inbound()).isTrue();
        assertThat(plan.scene().injectionPoints().get(0).proxies().names()).containsExactly("reviews-v2");
    }

    @Test
    void theInboundVirtualHostIsNamedByTheOldestServiceOnThePodsPort() {
        assertThat(inboundPort("2024-01-01T00:00:00Z", List.of())).isEqualTo(9080);
        assertThat(inboundPort("2026-01-01T00:00:00Z", List.of())).isEqualTo(80);
    }

    @Test
    void theInboundVirtualHostIsNamedByTheListenerOfASidecarThatIsTheCanarys() {
        String sidecar =
                """
                {"spec": {"workloadSelector": {"labels": {"app": "%s"}},
                 "ingress": [{"port": {"number": 9080}}, {"port": {"number": 80}}]}}
                """;
        assertThat(inboundPort("2026-01-01T00:00:00Z", List.of(Json.parse(sidecar.formatted("reviews")))))
                .isEqualTo(9080);
        assertThat(inboundPort("2026-01-01T00:00:00Z", List.of(Json.parse(sidecar.formatted("ratings")))))
                .isEqualTo(80);
    }

    /** The port in the virtual host's name where "front" (80 → 9080) is from 2025 and "reviews" (9080) from then. */
    private int inboundPort(String reviewsFrom, List<ObjectNode> sidecars) {
        String json =
                """
                {"metadata": {"name": "%s", "namespace": "bookinfo", "creationTimestamp": "%s"},
                 "spec": {"selector": {"app": "reviews"}, "ports": [{"name": "http", "port": %d, "targetPort": 9080}]}}
                """;
        List<MeshService> services = List.of(
                MeshService.of(Json.parse(json.formatted("front", "2025-01-01T00:00:00Z", 80))),
                MeshService.of(Json.parse(json.formatted("reviews", reviewsFrom, 9080))));
        Survey survey = new Survey(
                experiment().target(),
                IstioTypes.discover(cluster.cluster()),
                List.of(new Member("reviews-v2-x", "", "reviews-v2", CANARY, true, false, true)),
                CanaryPods.NONE,
                Map.of(services.get(0).name(), services.get(0), services.get(1).name(), services.get(1)),
                List.of(),
                List.of(),
                List.of(),
                sidecars,
                List.of(),
                List.of());
        List<Placement> placements = new Placer(survey, new Findings()).place(experiment(abort(calls("front"))));
        assertThat(placements).hasSize(1);
        return placements.get(0).ports().get(0);
    }

    @Test
    void callsOfOneCallerToTheCanaryAreHurtOnlyWhereTheyReachIt() {
        String subsets =
                """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: reviews, namespace: bookinfo}
                spec: {host: reviews, subsets: [{name: old, labels: {version: v1}}, {name: new, labels: {version: v2}}]}
                """;
        cluster.with(
                subsets,
                virtualService(
                        "reviews",
                        "{hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: old}, weight: 90},"
                                + " {destination: {host: reviews, subset: new}, weight: 10}]}]}"));
        Plan plan = plan(experiment(abort(callsFrom(PRODUCTPAGE, "reviews"))));
        assertThat(errors(plan)).isEmpty();
        ObjectNode object = Json.parse(plan.changes().get(0).body());
        assertThat(patch(object, 0).path("match").path("context").asText()).isEqualTo("SIDECAR_OUTBOUND");
        assertThat(fault(object).path("upstream_cluster").asText())
                .isEqualTo("outbound|9080|new|reviews.bookinfo.svc.cluster.local");
        assertThat(plan.scene().injectionPoints().get(0).inbound()).isFalse();
        assertThat(plan.scene().injectionPoints().get(0).proxies().names()).containsExactly("productpage-v1");
    }

    @Test
    void callersThatNoRouteLeadsToTheCanaryAloneAreRefused() {
        Experiment experiment = experiment(abort(callsFrom(PRODUCTPAGE, "reviews")));
        assertThat(errors(plan(experiment)))
                .singleElement()
                .asString()
                .contains("no route for reviews.bookinfo.svc.cluster.local", "leave \"from\" out");
        cluster.with(
                """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: reviews, namespace: bookinfo}
                spec: {host: reviews, subsets: [{name: all, labels: {app: reviews}}]}
                """,
                virtualService(
                        "reviews",
                        "{hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: all}}]}]}"));
        assertThat(errors(plan(experiment))).singleElement().asString().contains("nothing else");
    }

    @Test
    void aServiceOfTheCanaryAloneNeedsNoSubset() {
        Experiment experiment = experiment(labels("app", "details"), abort(callsFrom(PRODUCTPAGE, "details")));
        cluster.with(Bookinfo.entry("details", "v1"));
        assertThat(fault(onlyObject(experiment)).path("upstream_cluster").asText())
                .isEqualTo("outbound|9080||details.bookinfo.svc.cluster.local");
    }

    @Test
    void aServiceOfAnotherNamespaceIsFound() {
        cluster.with(service("stock", "other", "{name: http, port: 8080}"));
        assertThat(patch(onlyObject(experiment(abort(calls("stock.other")))), 0)
                        .path("match")
                        .findValue("name")
                        .asText())
                .isEqualTo("stock.other.svc.cluster.local:8080");
    }

    @Test
    void valuesThatEnvoyWouldRejectNeverLeave() {
        assertThat(errors(plan(experiment(
                        new HttpAbort(calls("ratings"), 600),
                        new HttpDelay(calls("ratings"), Duration.ZERO),
                        new BandwidthLimit(callsWith(Map.of("a b", "c\nd"), "ratings"), 0)))))
                .anySatisfy(text -> assertThat(text).contains("fault 1", "not 600"))
                .anySatisfy(text -> assertThat(text).contains("fault 2", "1ms to 1h"))
                .anySatisfy(text -> assertThat(text).contains("fault 3", "at least 1 KiB/s"))
                .anySatisfy(text -> assertThat(text).contains("\"a b\" is not the name of a header"))
                .anySatisfy(text -> assertThat(text).contains("control characters"));
    }

    @Test
    void theRootNamespaceIsNoTargetSinceItsFiltersReachEverywhere() {
        cluster.with(
                "{apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: {name: x, namespace: istio-system},"
                        + " spec: {labels: {app: x}}}",
                service("x", "istio-system", "{name: http, port: 80}"),
                service("y", "istio-system", "{name: http, port: 80}"));
        Plan plan = plan(experiment(
                new Target("istio-system", labels("app", "x"), Map.of()),
                "x.istio-system",
                abort(calls("y.istio-system"))));
        assertThat(errors(plan)).singleElement().asString().contains("root namespace");
        assertThat(plan.changes()).isEmpty();
    }

    @Test
    void longTextsFromOutsideAreCapped() {
        ObjectNode object = onlyObject(new Experiment(
                "x".repeat(5000),
                experiment().target(),
                experiment().mechanism(),
                false,
                List.of(abort(calls("ratings"))),
                experiment().steadyState(),
                experiment().watch()));
        assertThat(object.path("metadata")
                        .path("annotations")
                        .path(Marks.EXPERIMENT)
                        .asText())
                .hasSize(501);
    }
}

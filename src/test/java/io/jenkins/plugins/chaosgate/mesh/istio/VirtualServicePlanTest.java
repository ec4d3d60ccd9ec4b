package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.TestCluster.VIRTUAL_SERVICE;
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
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.service;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.experiment.BandwidthLimit;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an experiment becomes in VirtualServices. */
class VirtualServicePlanTest {

    private static final String PLAIN = "{hosts: [ratings], http: [{route: [{destination: {host: ratings}}]}]}";

    private final TestCluster cluster = Bookinfo.cluster();
    private final IstioFaultInjector injector = new IstioFaultInjector(cluster.client(), Runnable::run);

    @AfterEach
    void close() {
        cluster.close();
    }

    private Plan plan(Fault... faults) {
        return done(injector.plan(experiment(faults).withMechanism(Mechanism.VIRTUAL_SERVICE), TICKET));
    }

    private JsonNode routes(Fault... faults) {
        Plan plan = plan(faults);
        assertThat(errors(plan)).isEmpty();
        assertThat(plan.changes()).hasSize(1);
        return Json.parse(plan.changes().get(0).body()).path("http");
    }

    private String onlyError(Fault... faults) {
        List<String> errors = errors(plan(faults));
        assertThat(errors).hasSize(1);
        return errors.get(0);
    }

    @Test
    void theVirtualServiceOfTheHostIsEdited() {
        cluster.with(virtualService("ratings", PLAIN), virtualService("other", PLAIN.replace("ratings", "details")));
        Scope half = new Scope(
                Map.of(),
                new ServiceName("ratings", "bookinfo"),
                OptionalInt.of(9080),
                Map.of("X-Tester", "canary"),
                new Percentage(500_000),
                OptionalInt.empty());
        Plan plan = plan(new HttpAbort(half, 503), new HttpDelay(half, Duration.ofMillis(250)));
        assertThat(errors(plan)).isEmpty();
        Change change = plan.changes().get(0);
        assertThat(change.edits()).isTrue();
        assertThat(change.faults()).containsExactly(0, 1);
        assertThat(change.object()).hasToString("VirtualService bookinfo/ratings");
        assertThat(Json.parse(change.body()).path("http"))
                .isEqualTo(Json.parse(
                                """
                        {"a": [{"name": "chaos-gate-7f3a-1",
                          "match": [{"port": 9080, "headers": {"x-tester": {"exact": "canary"}},
                            "sourceLabels": {"app": "reviews", "version": "v2"}, "sourceNamespace": "bookinfo"}],
                          "route": [{"destination": {"host": "ratings"}}],
                          "fault": {"abort": {"httpStatus": 503, "percentage": {"value": 50.0}},
                                    "delay": {"fixedDelay": "0.25s", "percentage": {"value": 50.0}}}}]}
                        """)
                        .path("a"));
    }

    @Test
    void aHostWithoutOneGetsOneOfOurOwnForItsCallersAlone() {
        Plan plan = plan(abort(calls("ratings")));
        assertThat(errors(plan)).isEmpty();
        Change change = plan.changes().get(0);
        assertThat(change.edits()).isFalse();
        assertThat(change.object()).hasToString("VirtualService bookinfo/chaos-gate-7f3a");
        assertThat(Json.parse(change.body()).path("spec"))
                .isEqualTo(
                        Json.parse(
                                """
                        {"hosts": ["ratings.bookinfo.svc.cluster.local"], "exportTo": ["."], "http": [
                         {"name": "chaos-gate-7f3a-1",
                          "match": [{"sourceLabels": {"app": "reviews", "version": "v2"}, "sourceNamespace": "bookinfo"}],
                          "route": [{"destination": {"host": "ratings.bookinfo.svc.cluster.local"}}],
                          "fault": {"abort": {"httpStatus": 500, "percentage": {"value": 100.0}}}},
                         {"route": [{"destination": {"host": "ratings.bookinfo.svc.cluster.local"}}]}]}
                        """));
        done(injector.inject(change));
        assertThat(done(injector.look(change))).isEqualTo(Presence.AS_MADE);
        assertThat(done(injector.findLeftovers(Optional.empty())))
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.change().edits()).isFalse());
        done(injector.rollback(change));
        assertThat(cluster.get(VIRTUAL_SERVICE, "bookinfo", "chaos-gate-7f3a")).isEmpty();
    }

    @Test
    void severalHostsAreSeveralObjects() {
        assertThat(plan(abort(calls("ratings")), abort(calls("details"))).changes())
                .extracting(change -> change.object().name())
                .containsExactly("chaos-gate-7f3a", "chaos-gate-7f3a-2");
    }

    @Test
    void oneThatSpeaksForSeveralHostsIsHurtOnlyOnRoutesToTheService() {
        cluster.with(virtualService(
                "both",
                "{hosts: [ratings, details], http: [{match: [{uri: {prefix: /details}}], route: [{destination: {host:"
                        + " details}}]}, {route: [{destination: {host: ratings.bookinfo.svc.cluster.local}}]}]}"));
        JsonNode routes = routes(abort(calls("ratings")));
        assertThat(routes).hasSize(2);
        assertThat(routes.get(0).has("fault")).isFalse();
        assertThat(routes.get(1).path("fault").path("abort").path("httpStatus").asInt())
                .isEqualTo(500);
        assertThat(errors(plan(abort(calls("ratings")), abort(calls("details")))))
                .anySatisfy(text -> assertThat(text).contains("routes calls to both"));
    }

    @Test
    void callersOfTheCanaryAreHurtOnRoutesThatEndThereAlone() {
        cluster.with(
                """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: reviews, namespace: bookinfo}
                spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}
                """,
                virtualService(
                        "reviews",
                        "{hosts: [reviews], http: [{match: [{headers: {x: {exact: y}}}], route: [{destination: {host:"
                                + " reviews, subset: v2}}]}, {route: [{destination: {host: reviews, subset: v1}}]}]}"));
        JsonNode routes = routes(abort(callsFrom(PRODUCTPAGE, "reviews")));
        assertThat(routes).hasSize(1);
        assertThat(Json.strings(routes.get(0).path("match").get(0).path("sourceLabels")))
                .isEqualTo(PRODUCTPAGE);
        assertThat(routes.get(0).path("route").findValue("subset").asText()).isEqualTo("v2");
    }

    @Test
    void whatAVirtualServiceCannotDoIsRefused() {
        cluster.with(virtualService("ratings", PLAIN));
        assertThat(onlyError(new BandwidthLimit(calls("ratings"), 10))).contains("cannot limit bandwidth");
        Scope capped = new Scope(
                Map.of(),
                new ServiceName("ratings", "bookinfo"),
                OptionalInt.empty(),
                Map.of(),
                Percentage.ALL,
                OptionalInt.of(5));
        assertThat(onlyError(new HttpDelay(capped, Duration.ofSeconds(1)))).contains("maxActive");
        assertThat(onlyError(abort(calls("reviews")))).contains("say \"from\"");
        assertThat(onlyError(abort(calls("ratings")), new HttpAbort(calls("ratings"), 503)))
                .contains("only one abort");
        assertThat(onlyError(abort(callsOn(9080, "ratings")), new HttpDelay(calls("ratings"), Duration.ofSeconds(1))))
                .contains("differ in port");
    }

    @Test
    void virtualServicesThatCannotBeEditedSoundlyAreNamed() {
        cluster.with(virtualService("one", PLAIN));
        cluster.with(virtualService("two", PLAIN.replace("[ratings]", "[\"*\"]")));
        assertThat(onlyError(abort(calls("ratings"))))
                .contains("several VirtualServices", "bookinfo/one", "bookinfo/two");
    }

    @Test
    void aDelegateOrNoHttpRoutesOrARegularExpressionIsNamed() {
        cluster.with(virtualService("ratings", "{hosts: [ratings], http: [{delegate: {name: child}}]}"));
        assertThat(onlyError(abort(calls("ratings")))).contains("VirtualService bookinfo/ratings", "child");
        cluster.with(virtualService("details", "{hosts: [details], tcp: [{route: []}]}"));
        assertThat(onlyError(abort(calls("details")))).contains("has no HTTP routes");
        cluster.with(virtualService(
                "productpage",
                "{hosts: [productpage], http: [{match: [{headers: {a: {regex: b}}}], route: [{destination: {host:"
                        + " productpage}}]}]}"));
        assertThat(onlyError(abort(callsWith(Map.of("a", "b"), "productpage")))).contains("regular expression");
    }

    @Test
    void aGrpcAbortNamesItsStatusAndPorts() {
        cluster.with(
                service("calc", "bookinfo", "{name: http, port: 80}, {name: grpc, port: 81}"),
                virtualService("calc", PLAIN.replace("ratings", "calc")));
        JsonNode route = routes(new GrpcAbort(calls("calc"), 14)).get(0);
        assertThat(route.path("fault").path("abort").path("grpcStatus").asText())
                .isEqualTo("UNAVAILABLE");
        assertThat(route.path("match").findValuesAsText("port")).containsExactly("81");
    }

    @Test
    void severalCallersShareTheObject() {
        cluster.with(virtualService("ratings", PLAIN));
        Plan plan = plan(abort(calls("ratings")), new HttpAbort(callsFrom(PRODUCTPAGE, "ratings"), 503));
        assertThat(errors(plan)).isEmpty();
        assertThat(plan.changes()).singleElement().satisfies(change -> {
            assertThat(change.faults()).containsExactly(0, 1);
            assertThat(Json.parse(change.body()).path("http").findValuesAsText("name"))
                    .containsExactly("chaos-gate-7f3a-1", "chaos-gate-7f3a-2");
        });
        done(injector.inject(plan.changes().get(0)));
        assertThat(cluster.get(VIRTUAL_SERVICE, "bookinfo", "ratings")
                        .orElseThrow()
                        .path("spec")
                        .path("http"))
                .hasSize(3);
    }

    @Test
    void permissionsAreThoseOfTheMechanism() {
        cluster.denied.addAll(List.of("create envoyfilters bookinfo", "patch virtualservices bookinfo"));
        cluster.with(virtualService("ratings", PLAIN));
        assertThat(onlyError(abort(calls("ratings"))))
                .startsWith("may not patch virtualservices.networking.istio.io in namespace bookinfo");
        assertThat(errors(plan(abort(calls("details"))))).isEmpty();
        cluster.denied.add("delete virtualservices bookinfo");
        assertThat(onlyError(abort(calls("details")))).startsWith("may not delete virtualservices");
    }
}

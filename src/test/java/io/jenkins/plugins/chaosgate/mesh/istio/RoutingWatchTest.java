package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.TICKET;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.abort;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.calls;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.gate.port.Routing;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever routes the calls in another way while a gate runs is noticed; what gates do themselves is not. */
class RoutingWatchTest {

    private static final String WEIGHTS =
            "{hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: v1}, weight: 90},"
                    + " {destination: {host: reviews, subset: v2}, weight: 10}]}]}";

    private final TestCluster cluster = Bookinfo.cluster();
    private final IstioFaultInjector injector = new IstioFaultInjector(cluster.client(), Runnable::run);

    @AfterEach
    void close() {
        cluster.close();
    }

    private Routing routing() {
        return done(injector.plan(experiment(abort(calls("ratings"))), TICKET))
                .scene()
                .routing();
    }

    private List<String> changed(Routing before) {
        return before.places().stream()
                .flatMap(place -> done(injector.lookAtRouting(before, place)).stream())
                .toList();
    }

    private void patch(String name, String patch) throws Exception {
        ArrayNode operations = (ArrayNode) new ObjectMapper().readTree(patch);
        cluster.cluster().patch(TestCluster.VIRTUAL_SERVICE, "bookinfo", name, operations, false);
    }

    @Test
    void whatRoutesCallsToTheHostsIsRememberedAndNothingElse() {
        cluster.with(
                virtualService("reviews", WEIGHTS),
                virtualService("details", WEIGHTS.replace("reviews", "details")),
                virtualService("delegating", "{hosts: [ratings], http: [{delegate: {name: child}}]}"),
                virtualService("child", "{http: [{route: [{destination: {host: ratings}}]}]}"));
        Routing routing = routing();
        assertThat(routing.hosts())
                .containsExactly("ratings.bookinfo.svc.cluster.local", "reviews.bookinfo.svc.cluster.local");
        assertThat(routing.marks())
                .extracting(mark -> mark.object().name())
                .containsExactlyInAnyOrder("reviews", "delegating", "child");
        assertThat(changed(routing)).isEmpty();
    }

    @Test
    void aFilterThatChangesFaultsIsNoticedAndOneThatOnlyNamesTheFaultFilterIsNot() {
        Routing routing = routing();
        String patch = "{apiVersion: networking.istio.io/v1alpha3, kind: EnvoyFilter,"
                + " metadata: {name: %s, namespace: bookinfo}, spec: {configPatches: [{applyTo: HTTP_FILTER, match: {context: SIDECAR_OUTBOUND,"
                + " listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager,"
                + " subFilter: {name: envoy.filters.http.fault}}}}}, patch: {operation: %s, value: {name: %s}}}]}}";
        cluster.with(patch.formatted("tenant", "INSERT_BEFORE", "envoy.filters.http.lua"));
        assertThat(changed(routing)).isEmpty();
        cluster.with(patch.formatted("calm", "MERGE", "envoy.filters.http.fault"));
        assertThat(changed(routing))
                .singleElement()
                .asString()
                .startsWith("EnvoyFilter bookinfo/calm, which changes the faults of proxies here, was made");
    }

    @Test
    void aShiftOfTrafficIsNoticedWithItsObject() throws Exception {
        cluster.with(virtualService("reviews", WEIGHTS));
        Routing routing = routing();
        patch("reviews", "[{\"op\": \"replace\", \"path\": \"/spec/http/0/route/0/weight\", \"value\": 50}]");
        assertThat(changed(routing))
                .singleElement()
                .asString()
                .startsWith("VirtualService bookinfo/reviews, which routes the calls in question, was changed");
    }

    @Test
    void whatDoesNotRouteDoesNotMatter() throws Exception {
        cluster.with(virtualService("reviews", WEIGHTS));
        Routing routing = routing();
        patch("reviews", "[{\"op\": \"add\", \"path\": \"/metadata/annotations\", \"value\": {\"seen\": \"yes\"}}]");
        cluster.with(virtualService("details", WEIGHTS.replace("reviews", "details")));
        assertThat(changed(routing)).isEmpty();
    }

    @Test
    void routesThatAreMadeOrRemovedAreNoticed() {
        Routing before = routing();
        cluster.with(virtualService("reviews", WEIGHTS));
        assertThat(changed(before)).singleElement().asString().contains("bookinfo/reviews", "was made");
        Routing after = routing();
        String uid = cluster.get(TestCluster.VIRTUAL_SERVICE, "bookinfo", "reviews")
                .orElseThrow()
                .at("/metadata/uid")
                .asText();
        cluster.cluster().delete(TestCluster.VIRTUAL_SERVICE, "bookinfo", "reviews", uid);
        assertThat(changed(after)).singleElement().asString().contains("bookinfo/reviews", "was removed");
    }

    @Test
    void theRoutesThatAGatePutsInAreNoChange() {
        cluster.with(
                virtualService("ratings", "{hosts: [ratings], http: [{route: [{destination: {host: ratings}}]}]}"));
        Plan plan = done(
                injector.plan(experiment(abort(calls("ratings"))).withMechanism(Mechanism.VIRTUAL_SERVICE), TICKET));
        Change change = plan.changes().get(0);
        done(injector.inject(change));
        assertThat(cluster.get(TestCluster.VIRTUAL_SERVICE, "bookinfo", "ratings")
                        .orElseThrow()
                        .at("/spec/http"))
                .hasSize(2);
        assertThat(changed(plan.scene().routing())).isEmpty();
    }

    @Test
    void aVirtualServiceOfAGatesOwnIsNoChange() {
        Plan plan = done(
                injector.plan(experiment(abort(calls("ratings"))).withMechanism(Mechanism.VIRTUAL_SERVICE), TICKET));
        plan.guard().ifPresent(guard -> done(injector.inject(guard)));
        done(injector.inject(plan.changes().get(0)));
        assertThat(cluster.get(TestCluster.VIRTUAL_SERVICE, "bookinfo", "chaos-gate-7f3a"))
                .isPresent();
        assertThat(changed(plan.scene().routing())).isEmpty();
    }

    private static final ResourceType HTTP_ROUTE =
            new ResourceType("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes", true);

    private static String httpRoute(String parent, int weight) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: reviews, namespace: bookinfo}
                spec:
                  parentRefs: [%s]
                  rules: [{backendRefs: [{name: reviews-v1, port: 9080, weight: %d}, {name: reviews-v2, port: 9080, weight: 10}]}]
                """
                .formatted(parent, weight);
    }

    private static final String OF_REVIEWS = "{group: \"\", kind: Service, name: reviews, port: 9080}";

    @Test
    void anHttpRouteOfTheServiceIsWatchedToo() throws Exception {
        cluster.with(httpRoute(OF_REVIEWS, 90));
        Routing routing = routing();
        assertThat(routing.marks()).extracting(mark -> mark.object().kind()).containsExactly("HTTPRoute");
        assertThat(changed(routing)).isEmpty();
        ArrayNode shift = (ArrayNode) new ObjectMapper()
                .readTree("[{\"op\": \"replace\", \"path\": \"/spec/rules/0/backendRefs/0/weight\", \"value\": 50}]");
        cluster.cluster().patch(HTTP_ROUTE, "bookinfo", "reviews", shift, false);
        assertThat(changed(routing))
                .singleElement()
                .asString()
                .startsWith("HTTPRoute bookinfo/reviews, which routes the calls in question, was changed");
        cluster.cluster()
                .delete(
                        HTTP_ROUTE,
                        "bookinfo",
                        "reviews",
                        cluster.get(HTTP_ROUTE, "bookinfo", "reviews")
                                .orElseThrow()
                                .at("/metadata/uid")
                                .asText());
        assertThat(changed(routing)).singleElement().asString().contains("bookinfo/reviews", "was removed");
        Routing without = routing();
        cluster.with(httpRoute(OF_REVIEWS, 90));
        assertThat(changed(without)).singleElement().asString().contains("bookinfo/reviews", "was made");
    }

    @Test
    void anHttpRouteOfAGatewayOrAnotherServiceIsNotWatched() {
        for (String parent : List.of("{kind: Gateway, name: reviews}", OF_REVIEWS.replace("reviews", "details"))) {
            cluster.with(httpRoute(parent, 90));
            assertThat(routing().marks()).as(parent).isEmpty();
            cluster.cluster()
                    .delete(
                            HTTP_ROUTE,
                            "bookinfo",
                            "reviews",
                            cluster.get(HTTP_ROUTE, "bookinfo", "reviews")
                                    .orElseThrow()
                                    .at("/metadata/uid")
                                    .asText());
        }
    }

    @Test
    void aClusterWithoutTheGatewayApiIsWatchedAllTheSame() throws Exception {
        cluster.answerFirst(request -> request.getPath().contains("gateway.networking.k8s.io")
                ? Optional.of(TestCluster.refusal(404, "no such group"))
                : Optional.empty());
        cluster.with(virtualService("reviews", WEIGHTS));
        Routing routing = routing();
        assertThat(routing.places()).extracting(Routing.Place::kind).doesNotContain("HTTPRoute");
        patch("reviews", "[{\"op\": \"replace\", \"path\": \"/spec/http/0/route/0/weight\", \"value\": 50}]");
        assertThat(changed(routing)).hasSize(1);
    }

    @Test
    void whatTheClusterDoesNotShowIsNotWatched() {
        cluster.with(virtualService("reviews", WEIGHTS));
        Routing before = routing();
        cluster.answerFirst(request -> request.getPath().contains("/destinationrules")
                ? Optional.of(TestCluster.refusal(403, "no"))
                : Optional.empty());
        assertThat(routing().places())
                .extracting(Routing.Place::kind)
                .contains("VirtualService")
                .doesNotContain("DestinationRule");
        assertThat(changed(before)).isEmpty();
    }
}

package io.jenkins.plugins.chaosgate.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback.Kind;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding.State;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Traffic goes to the stable version: by weights, or by the controller of a Rollout. */
class RolloutAndRoutesTest {

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    // --- weights ---

    private Shop withServices() {
        shop.withDeployment().withPod("s", "v1", "ReplicaSet", "reviews-v1-1");
        shop.cluster.with(
                service("reviews", "{app: reviews}"),
                service("reviews-canary", "{app: reviews, version: v2}"),
                service("reviews-stable", "{app: reviews, version: v1}"),
                """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: reviews, namespace: bookinfo}
                spec:
                  host: reviews
                  subsets: [{name: old, labels: {version: v1}}, {name: new, labels: {version: v2}}]
                """);
        return shop;
    }

    private static String service(String name, String selector) {
        return "{apiVersion: v1, kind: Service, metadata: {name: " + name + ", namespace: bookinfo}, spec: {selector: "
                + selector + "}}";
    }

    private Shop withVirtualService(String http) {
        withServices()
                .cluster
                .with("{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: reviews, namespace:"
                        + " bookinfo}, spec: {hosts: [reviews], http: " + http + "}}");
        return shop;
    }

    private static String end(String host, String subset, int weight) {
        return "{destination: {host: " + host + ", subset: " + subset + "}, weight: " + weight + "}";
    }

    private static final String TESTERS =
            "{match: [{headers: {x-tester: {exact: 'yes'}}}], route: [{destination: {host: reviews, subset: new}}]}";
    private static final String SHARED = "{timeout: 3s, route: [" + end("reviews", "old", 80) + ", "
            + end("reviews.bookinfo.svc.cluster.local", "new", 20) + "]}";

    private ObjectNode routes() {
        return shop.get(Types.VIRTUAL_SERVICE, "reviews");
    }

    @Test
    void theStableVersionTakesTheWeightOfTheCanary() {
        withVirtualService("[" + TESTERS + ", " + SHARED + "]");
        ObjectNode before = routes();
        CanaryStep step = shop.step(Kind.ROUTE_TO_STABLE);
        assertThat(step.words()).isEqualTo("VirtualService bookinfo/reviews to the stable version alone");
        assertThat(step.undoCommands())
                .singleElement()
                .asString()
                .startsWith("kubectl patch virtualservice.networking.istio.io reviews --namespace bookinfo --type=json")
                .contains("{\"op\":\"replace\",\"path\":\"/spec/http/1/route/1/weight\",\"value\":20}");

        assertThat(shop.carryOut(step)).isEqualTo(new CanaryStanding(State.DONE, "the canary's weight is 0"));

        ObjectNode expected = before.deepCopy();
        ((ObjectNode) expected.at("/spec/http/1/route/0")).put("weight", 100);
        ((ObjectNode) expected.at("/spec/http/1/route/1")).put("weight", 0);
        assertThat(Json.digest(routes().path("spec"))).isEqualTo(Json.digest(expected.path("spec")));
        shop.carryOut(step);
        assertThat(shop.patches()).isEqualTo(1);
    }

    @Test
    void aRouteToTheCanaryAloneStaysAndIsSaid() {
        withVirtualService("[" + TESTERS + ", " + SHARED + "]");
        assertThat(Shop.texts(shop.plan(Kind.ROUTE_TO_STABLE), Finding.Severity.WARNING))
                .singleElement()
                .asString()
                .contains("leads to the canary, and not to the stable version, at /spec/http/0/route");
    }

    @Test
    void routesThatSomebodyChangedMeanwhileAreLeftAlone() {
        CanaryStep step = withVirtualService("[" + SHARED + "]").step(Kind.ROUTE_TO_STABLE);
        shop.set(Types.VIRTUAL_SERVICE, "reviews", "/spec/http/0/route/1/weight", "50");
        CanaryStanding standing = shop.carryOut(step);
        assertThat(standing.state()).isEqualTo(State.FOREIGN);
        assertThat(standing.detail()).contains("its routes are no longer as preflight saw them");
        assertThat(routes().at("/spec/http/0/route/1/weight").asInt()).isEqualTo(50);
    }

    @Test
    void routesWithoutSuchWeightsAreRefused() {
        withVirtualService("[{route: [{destination: {host: reviews}}]}]");
        assertThat(shop.errors(Kind.ROUTE_TO_STABLE)).singleElement().asString().contains("shares calls by weight");
    }

    @Test
    void routesThatFlaggerKeepsAreRefused() {
        withVirtualService("[" + SHARED + "]")
                .set(
                        Types.VIRTUAL_SERVICE,
                        "reviews",
                        "/metadata/ownerReferences",
                        "[{\"apiVersion\":\"flagger.app/v1beta1\",\"kind\":\"Canary\",\"name\":\"r\",\"uid\":\"u\"}]");
        assertThat(shop.errors(Kind.ROUTE_TO_STABLE)).singleElement().asString().contains("in the hands of Flagger");
    }

    @Test
    void anHttpRouteIsShiftedToo() {
        withServices()
                .cluster
                .with(
                        """
                        apiVersion: gateway.networking.k8s.io/v1
                        kind: HTTPRoute
                        metadata: {name: reviews, namespace: bookinfo}
                        spec:
                          rules:
                          - backendRefs:
                            - {name: reviews-stable, port: 9080}
                            - {name: reviews-canary, port: 9080, weight: 3}
                        """);
        CanaryStep step = shop.step(Kind.ROUTE_TO_STABLE);
        assertThat(step.words()).isEqualTo("HTTPRoute bookinfo/reviews to the stable version alone");
        assertThat(step.undoCommands())
                .singleElement()
                .asString()
                .contains("{\"op\":\"remove\",\"path\":\"/spec/rules/0/backendRefs/0/weight\"}");
        assertThat(shop.carryOut(step).state()).isEqualTo(State.DONE);
        ObjectNode route = shop.get(Types.HTTP_ROUTE, "reviews");
        assertThat(route.at("/spec/rules/0/backendRefs/0/weight").asInt()).isEqualTo(4);
        assertThat(route.at("/spec/rules/0/backendRefs/1/weight").asInt(-1)).isZero();
    }

    @Test
    void routesOfARolloutsPodsAreRefused() {
        withVirtualService("[" + SHARED + "]");
        // As Argo marks the pods of its Rollouts.
        String mark = "/metadata/labels/rollouts-pod-template-hash";
        shop.set(ResourceType.POD, "reviews-s-v1", mark, "\"old\"");
        assertThat(shop.errors(Kind.ROUTE_TO_STABLE)).as("the stable version's").isEmpty();
        shop.set(ResourceType.POD, "reviews-a-v2", mark, "\"new\"");
        assertThat(shop.errors(Kind.ROUTE_TO_STABLE))
                .singleElement()
                .asString()
                .startsWith("the canary's pods belong to a Rollout of Argo")
                .endsWith("use abortRollout");
    }

    @Test
    void missingRightsForRoutesAreNamed() {
        withVirtualService("[" + SHARED + "]").cluster.denied.add("patch virtualservices bookinfo");
        assertThat(shop.errors(Kind.ROUTE_TO_STABLE))
                .singleElement()
                .asString()
                .contains("{apiGroups: [networking.istio.io], resources: [virtualservices], verbs: [patch]}");
    }

    // --- a Rollout ---

    private Shop withRollout(String status) {
        shop.cluster.with(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: reviews, namespace: bookinfo}
                spec: {replicas: 2}
                status: STATUS
                """
                        .replace("STATUS", status));
        shop.cluster.with(
                """
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata:
                  name: reviews-new
                  namespace: bookinfo
                  ownerReferences: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: reviews, uid: OWNER, controller: true}]
                """
                        .replace("OWNER", shop.uid(Types.ROLLOUT, "reviews")));
        return shop.withPod("n", "v2", "ReplicaSet", "reviews-new");
    }

    @Test
    void anUpdateOfARolloutIsAborted() {
        CanaryStep step = withRollout("{currentPodHash: new, stableRS: old}").step(Kind.ABORT_ROLLOUT);
        assertThat(step.words()).isEqualTo("Rollout bookinfo/reviews aborted, to its stable revision old");
        assertThat(step.commands()).containsExactly("kubectl argo rollouts abort reviews --namespace bookinfo");
        assertThat(shop.carryOut(step))
                .isEqualTo(new CanaryStanding(State.ASKED, "its controller has not followed yet"));
        assertThat(shop.cluster.requests)
                .anyMatch(request -> request.startsWith("PATCH") && request.contains("/rollouts/reviews/status"));
        assertThat(shop.get(Types.ROLLOUT, "reviews").at("/status/abort").asBoolean())
                .isTrue();
        shop.set(Types.ROLLOUT, "reviews", "/status/abortedAt", "\"2026-01-01T00:00:00Z\"");
        assertThat(shop.look(step)).isEqualTo(new CanaryStanding(State.DONE, "its controller has aborted the update"));
    }

    @Test
    void anotherUpdateIsLeftAlone() {
        CanaryStep step = withRollout("{currentPodHash: new, stableRS: old}").step(Kind.ABORT_ROLLOUT);
        shop.set(Types.ROLLOUT, "reviews", "/status/currentPodHash", "\"newer\"");
        assertThat(shop.carryOut(step).detail()).startsWith("another update began");
        shop.set(Types.ROLLOUT, "reviews", "/status", "{\"currentPodHash\":\"new\",\"stableRS\":\"new\"}");
        assertThat(shop.carryOut(step).detail()).startsWith("its update was promoted meanwhile");
        assertThat(shop.get(Types.ROLLOUT, "reviews").at("/status").has("abort"))
                .isFalse();
    }

    @Test
    void aRolloutWithNothingToAbortIsRefused() {
        withRollout("{currentPodHash: old, stableRS: old}");
        assertThat(shop.errors(Kind.ABORT_ROLLOUT)).singleElement().asString().contains("has no update under way");
        shop.set(Types.ROLLOUT, "reviews", "/status/abort", "true");
        assertThat(shop.errors(Kind.ABORT_ROLLOUT)).singleElement().asString().contains("is aborted already");
    }

    @Test
    void eachKindRefusesTheOthersPods() {
        withRollout("{currentPodHash: new, stableRS: old}");
        for (Kind kind : List.of(Kind.UNDO_DEPLOYMENT, Kind.SCALE_TO_ZERO)) {
            assertThat(shop.errors(kind))
                    .singleElement()
                    .asString()
                    .endsWith("belongs to Rollout reviews, not to a Deployment: use abortRollout");
        }
        shop.cluster.denied.add("patch rollouts/status bookinfo");
        assertThat(shop.errors(Kind.ABORT_ROLLOUT))
                .singleElement()
                .asString()
                .contains("may not patch rollouts.argoproj.io/status", "resources: [rollouts/status]");
    }
}

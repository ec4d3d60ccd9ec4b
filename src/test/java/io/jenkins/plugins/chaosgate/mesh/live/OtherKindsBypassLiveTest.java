package io.jenkins.plugins.chaosgate.mesh.live;

import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.assertRefused;
import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.merging;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same for kinds that the bed lacks, which these tests define: Argo's Rollouts and the Gateway API's HTTPRoutes. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class OtherKindsBypassLiveTest {

    private static final ResourceDefinitionContext ROLLOUT =
            Mesh.kind("argoproj.io", "v1alpha1", "Rollout", "rollouts");
    private static final ResourceDefinitionContext HTTP_ROUTE =
            Mesh.kind("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes");

    private static final String DEFINITION =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: httproutes.gateway.networking.k8s.io
              annotations: {api-approved.kubernetes.io: "unapproved, for a test"}
            spec:
              group: gateway.networking.k8s.io
              scope: Namespaced
              names: {kind: HTTPRoute, listKind: HTTPRouteList, plural: httproutes, singular: httproute}
              versions:
              - name: v1
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private static final String ROUTE =
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: reviews, namespace: bookinfo}
            spec:
              parentRefs: [{kind: Service, group: "", name: reviews}]
              rules:
              - matches: [{path: {value: /old}}]
                backendRefs: [{name: reviews-v1, port: 9080}]
              - backendRefs:
                - {name: reviews-v1, port: 9080, weight: 60}
                - {name: reviews-v2, port: 9080, weight: 40}
            """;

    private static StolenToken token;
    private static HasMetadata definition;
    private static Rollouts rollouts;

    @BeforeAll
    static void steal(FullBed bed) throws Exception {
        rollouts = Rollouts.define(bed);
        rollouts.withUpdate();
        definition = bed.client().resource(DEFINITION).create();
        Mesh.await("HTTPRoutes to be served", () -> {
            APIResourceList served = bed.client().getApiResources("gateway.networking.k8s.io/v1");
            return served != null && !served.getResources().isEmpty();
        });
        bed.client().resource(ROUTE).create();
        token = StolenToken.under(bed);
    }

    /** With the definition goes what is of its kind. */
    @AfterAll
    static void end(FullBed bed) throws Exception {
        token.close();
        rollouts.close();
        bed.client().resource(definition).delete();
        Mesh.await(
                "HTTPRoutes to be served no more",
                () -> bed.client().resource(definition).get() == null);
    }

    @Test
    void ofARolloutNothingIsChangedButAbort() {
        String only = "may only abort the update of a Rollout";
        assertRefused(token.refusalToPatchStatus(ROLLOUT, "shop", "{\"status\": {\"stableRS\": \"new\"}}"), only);
        assertRefused(token.refusalToPatchStatus(ROLLOUT, "shop", "{\"status\": {\"abort\": false}}"), only);
        assertRefused(
                token.refusalToPatch(ROLLOUT, "shop", merging("chaos-gate"), "{\"spec\": {\"replicas\": 9}}"),
                "may change nothing of a Rollout but its status");
    }

    /** Refused or not, a test changes nothing. */
    private static String refusal(String patch) {
        PatchContext how = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager("chaos-gate")
                .withDryRun(List.of("All"))
                .build();
        return token.refusalToPatch(HTTP_ROUTE, "reviews", how, patch.replace('\'', '"'));
    }

    private static String add(String path, String value) {
        return "[{'op': 'add', 'path': '" + path + "', 'value': " + value + "}]";
    }

    static Stream<Arguments> routes() {
        return Stream.of(
                arguments("another backend", add("/spec/rules/1/backendRefs/0/name", "'evil'")),
                arguments("a backend of another namespace", add("/spec/rules/1/backendRefs/0/namespace", "'evil'")),
                arguments("a backend more", add("/spec/rules/1/backendRefs/-", "{'name': 'evil', 'port': 80}")),
                arguments("a backend less", "[{'op': 'remove', 'path': '/spec/rules/1/backendRefs/1'}]"),
                arguments("another port", add("/spec/rules/0/backendRefs/0/port", "81")),
                arguments("a filter", add("/spec/rules/0/filters", "[{'type': 'RequestMirror'}]")),
                arguments("a match less", "[{'op': 'remove', 'path': '/spec/rules/0/matches'}]"),
                arguments("a rule more", add("/spec/rules/0", "{'backendRefs': [{'name': 'evil', 'port': 80}]}")),
                arguments("a rule less", "[{'op': 'remove', 'path': '/spec/rules/0'}]"),
                arguments("other parents", add("/spec/parentRefs", "[{'name': 'public'}]")),
                arguments("hostnames", add("/spec/hostnames", "['shop.example']")));
    }

    @ParameterizedTest(name = "of an HTTPRoute is refused: {0}")
    @MethodSource("routes")
    void anEditOfAnHttpRouteIsRefused(String what, String patch) {
        assertRefused(refusal(patch), "may only move weights between the backends of an HTTPRoute");
    }

    @Test
    void anHttpRouteIsNeitherMadeNorLabelled() {
        assertRefused(token.refusalToTry(ROUTE.replace("name: reviews,", "name: other,")), "may make no HTTPRoutes");
        assertRefused(
                refusal(add("/metadata/labels", "{'app.kubernetes.io/managed-by': 'chaos-gate'}")),
                "labels, annotations, finalizers and owners of what is yours must stay");
    }

    @Test
    void weightsMoveAndAnUpdateIsAborted() {
        assertThat(refusal("[{'op': 'add', 'path': '/spec/rules/1/backendRefs/0/weight', 'value': 100},"
                        + " {'op': 'add', 'path': '/spec/rules/1/backendRefs/1/weight', 'value': 0},"
                        + " {'op': 'add', 'path': '/spec/rules/0/backendRefs/0/weight', 'value': 1}]"))
                .isEmpty();
        assertThat(token.refusalToPatchStatus(ROLLOUT, "shop", "{\"status\": {\"abort\": true}}"))
                .isEmpty();
    }
}

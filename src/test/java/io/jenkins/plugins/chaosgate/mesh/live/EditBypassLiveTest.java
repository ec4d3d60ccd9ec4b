package io.jenkins.plugins.chaosgate.mesh.live;

import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.assertRefused;
import static io.jenkins.plugins.chaosgate.mesh.live.Written.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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

/** A thief with the account's token edits what is the user's in no other way than gates do. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class EditBypassLiveTest {

    private static final ResourceDefinitionContext DEPLOYMENT = Mesh.kind("apps", "v1", "Deployment", "deployments");

    private static final String ROUTES =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: ratings, namespace: bookinfo}
            spec:
              hosts: [ratings]
              http:
              - match: [{uri: {prefix: /old}}]
                route: [{destination: {host: ratings, subset: v1}}]
              - timeout: 10s
                route:
                - {destination: {host: ratings, subset: v1}, weight: 90}
                - {destination: {host: ratings, subset: v2}, weight: 10}
            """;

    /** As a gate puts it in, in JSON: a copy of the second route for the callers alone. */
    private static final String COPY =
            "{'name': 'chaos-gate-7f3a-1', 'match': [{'sourceLabels': {'app': 'reviews'}, 'sourceNamespace': 'bookinfo'}],"
                    + " 'timeout': '10s', 'fault': {'abort': {'httpStatus': 500, 'percentage': {'value': 100}}},"
                    + " 'route': [{'destination': {'host': 'ratings', 'subset': 'v1'}, 'weight': 90},"
                    + " {'destination': {'host': 'ratings', 'subset': 'v2'}, 'weight': 10}]}";

    private static final String OWN =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: chaos-gate-7f3a
              namespace: bookinfo
              labels: {app.kubernetes.io/managed-by: chaos-gate, chaos-gate.jenkins.io/gate: 7f3a}
            spec:
              hosts: [details.bookinfo.svc.cluster.local]
              exportTo: ["."]
              http:
              - name: chaos-gate-7f3a-1
                match: [{sourceLabels: {app: reviews}, sourceNamespace: bookinfo}]
                fault: {abort: {httpStatus: 500, percentage: {value: 100}}}
                route: [{destination: {host: details.bookinfo.svc.cluster.local}}]
              - route: [{destination: {host: details.bookinfo.svc.cluster.local}}]
            """;

    private static final String ONLY_ROUTES = "may only put routes of gates into a VirtualService and take them out";
    private static final String A_COPY = "must be a copy of one of yours, with all of its conditions";
    private static final String SELECTED = "a route of a gate must be for workloads that it selects";
    private static final String FAULT = "the fault of a route must be an abort with a status of 200 to 599";
    private static final String METADATA = "labels, annotations, finalizers and owners of what is yours must stay";
    private static final String TEMPLATE = "may change nothing of pods but the images and resources";
    private static final String CONTAINER = "may change nothing of a container but its resources and the tag";
    private static final String POD_MARKS = "may change no labels and annotations of pods";

    private static StolenToken token;
    private static HasMetadata routes;

    @BeforeAll
    static void steal(FullBed bed) throws Exception {
        routes = bed.client().resource(ROUTES).create();
        token = StolenToken.under(bed);
    }

    @AfterAll
    static void end(FullBed bed) {
        token.close();
        bed.client().resource(routes).delete();
    }

    /** Refused or not, a test changes nothing. */
    private static String refusal(ResourceDefinitionContext kind, String name, String patch) {
        PatchContext how = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager("chaos-gate")
                .withDryRun(List.of("All"))
                .build();
        return token.refusalToPatch(kind, name, how, patch.replace('\'', '"'));
    }

    private static String add(String path, String value) {
        return "[{'op': 'add', 'path': '" + path + "', 'value': " + value + "}]";
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                arguments("a host more", add("/spec/hosts/-", "'shop'"), ONLY_ROUTES),
                arguments("another host", add("/spec/hosts", "['shop']"), ONLY_ROUTES),
                arguments("for a gateway, too", add("/spec/gateways", "['mesh', 'public']"), ONLY_ROUTES),
                arguments("seen elsewhere", add("/spec/exportTo", "['*']"), ONLY_ROUTES),
                arguments("a route of its own", add("/spec/http/0", "{'route': [{'destination': {'host': 'evil'}}]}"), ONLY_ROUTES),
                arguments("a route less", "[{'op': 'remove', 'path': '/spec/http/0'}]", ONLY_ROUTES),
                arguments("no route", add("/spec/http", "[]"), ONLY_ROUTES),
                arguments("routes in another order", "[{'op': 'move', 'from': '/spec/http/0', 'path': '/spec/http/1'}]", ONLY_ROUTES),
                arguments("another destination", add("/spec/http/0/route/0/destination/host", "'evil'"), ONLY_ROUTES),
                arguments("another subset", add("/spec/http/0/route/0/destination/subset", "'v2'"), ONLY_ROUTES),
                arguments("a mirror", add("/spec/http/1/mirror", "{'host': 'evil'}"), ONLY_ROUTES),
                arguments("a timeout", add("/spec/http/1/timeout", "'1s'"), ONLY_ROUTES),
                arguments("a fault on yours", add("/spec/http/1/fault", "{'abort': {'httpStatus': 500}}"), ONLY_ROUTES),
                arguments("a destination less", "[{'op': 'remove', 'path': '/spec/http/1/route/1'}]", ONLY_ROUTES),
                arguments("routes of TCP", add("/spec/tcp", "[{'route': [{'destination': {'host': 'evil'}}]}]"), ONLY_ROUTES),
                arguments("a label", add("/metadata/labels", "{'app.kubernetes.io/managed-by': 'chaos-gate'}"), METADATA),
                arguments("an annotation", add("/metadata/annotations", "{'x': 'y'}"), METADATA),
                arguments("a finalizer", add("/metadata/finalizers", "['x.example/y']"), METADATA),
                copy("elsewhere", "'host': 'ratings', 'subset': 'v1'", "'host': 'evil'", A_COPY),
                copy("redirected", "'timeout': '10s'", "'redirect': {'uri': '/'}", A_COPY),
                copy("mirrored", "'timeout': '10s'", "'timeout': '10s', 'mirror': {'host': 'evil'}", A_COPY),
                copy("without your timeout", "'timeout': '10s', ", "", A_COPY),
                copy("with other headers", "'weight': 90}", "'weight': 90, 'headers': {'request': {'set': {'a': 'b'}}}}", A_COPY),
                copy("for other paths", "'sourceNamespace'", "'uri': {'prefix': '/'}, 'sourceNamespace'", A_COPY),
                copy("for all callers", "'sourceLabels': {'app': 'reviews'}, ", "", SELECTED),
                copy("for no chosen callers", "{'app': 'reviews'}", "{}", SELECTED),
                copy("for all namespaces", ", 'sourceNamespace': 'bookinfo'", "", SELECTED),
                copy("for all calls", "[{'sourceLabels': {'app': 'reviews'}, 'sourceNamespace': 'bookinfo'}]", "[]", SELECTED),
                copy("for a gateway", "'sourceNamespace'", "'gateways': ['mesh'], 'sourceNamespace'", SELECTED),
                copy("with status 600", "'httpStatus': 500", "'httpStatus': 600", FAULT),
                copy("with no share", ", 'percentage': {'value': 100}", "", FAULT),
                copy("with a share of 200 %", "'value': 100", "'value': 200", FAULT),
                copy("with a delay of two hours", "'abort': {'httpStatus': 500", "'delay': {'fixedDelay': '2h'", FAULT));
    }

    private static Arguments copy(String how, String piece, String instead, String words) {
        return arguments("a copy " + how, add("/spec/http/0", with(COPY, piece, instead)), words);
    }

    @ParameterizedTest(name = "of a VirtualService is refused: {0}")
    @MethodSource("edits")
    void anEditIsRefused(String what, String patch, String words) {
        assertRefused(refusal(Mesh.VIRTUAL_SERVICE, "ratings", patch), words);
    }

    static Stream<Arguments> ofItsOwn() {
        String host = "the routes of a VirtualService of a gate must all lead to its host";
        String narrow = "must be for one service of the cluster, and exported to its own namespace alone";
        String marks = "must have the name, the two labels and the annotations of a gate";
        String fault = "a fault must be for workloads that it selects";
        String one = "hosts: [details.bookinfo.svc.cluster.local]";
        return Stream.of(
                arguments("for every host", one, "hosts: [\"*\"]", narrow),
                arguments("for two hosts", one, "hosts: [details.bookinfo.svc.cluster.local, a.b.svc.cluster.local]", narrow),
                arguments("for a host outside", one, "hosts: [pay.example]", narrow),
                arguments("for a gateway", one, one + "\n  gateways: [public]", narrow),
                arguments("for every namespace", "[\".\"]", "[\"*\"]", narrow),
                arguments("with TCP", "  http:", "  tcp: [{route: [{destination: {host: evil}}]}]\n  http:", narrow),
                arguments(
                        "that leads elsewhere",
                        "  - route: [{destination: {host: details.bookinfo.svc.cluster.local}}]",
                        "  - route: [{destination: {host: evil}}]",
                        host),
                arguments("that redirects", "    fault:", "    redirect: {uri: /}\n    fault:", host),
                arguments("that hurts everybody", "    match: [{sourceLabels: {app: reviews}, sourceNamespace: bookinfo}]\n", "", fault),
                arguments("with status 600", "httpStatus: 500", "httpStatus: 600", fault),
                arguments("of another name", "name: chaos-gate-7f3a\n", "name: details\n", marks),
                arguments("with a label more", "{app.kub", "{a: b, app.kub", marks));
    }

    @ParameterizedTest(name = "is refused: a VirtualService {0}")
    @MethodSource("ofItsOwn")
    void oneOfItsOwnIsRefused(String what, String piece, String instead, String words) {
        assertRefused(token.refusalToTry(with(OWN, piece, instead)), words);
    }

    static Stream<Arguments> deployments() {
        String container = "/spec/template/spec/containers/0";
        String pod = "/spec/template/spec";
        return Stream.of(
                arguments("another image", add(container + "/image", "'busybox:1'"), CONTAINER),
                arguments("an image of another registry", add(container + "/image", "'evil:5000/bookinfo/reviews:1'"), CONTAINER),
                arguments("a longer name of an image", add(container + "/image", "'bookinfo/reviews/x:1'"), CONTAINER),
                arguments("a command", add(container + "/command", "['sh']"), CONTAINER),
                arguments("arguments", add(container + "/args", "['-c', 'x']"), CONTAINER),
                arguments("a variable", add(container + "/env", "[{'name': 'JAVA_TOOL_OPTIONS', 'value': 'x'}]"), CONTAINER),
                arguments("variables of a secret", add(container + "/envFrom", "[{'secretRef': {'name': 'x'}}]"), CONTAINER),
                arguments("a probe", add(container + "/livenessProbe", "{'exec': {'command': ['sh']}}"), CONTAINER),
                arguments("a hook", add(container + "/lifecycle", "{'postStart': {'exec': {'command': ['sh']}}}"), CONTAINER),
                arguments("more rights", add(container + "/securityContext", "{'runAsUser': 0}"), CONTAINER),
                arguments("a second container", add(pod + "/containers/-", "{'name': 'x', 'image': 'bookinfo/reviews:v2'}"), CONTAINER),
                arguments("a container before", add(pod + "/initContainers", "[{'name': 'x', 'image': 'bookinfo/reviews:v2'}]"), CONTAINER),
                arguments("a volume", add(pod + "/volumes", "[{'name': 'x', 'secret': {'secretName': 'x'}}]"), TEMPLATE),
                arguments("another account", add(pod + "/serviceAccountName", "'admin'"), TEMPLATE),
                arguments("the node's network", add(pod + "/hostNetwork", "true"), TEMPLATE),
                arguments("a chosen node", add(pod + "/nodeName", "'control-plane'"), TEMPLATE),
                arguments("no sidecar", add("/spec/template/metadata/labels/sidecar.istio.io~1inject", "'false'"), POD_MARKS),
                arguments("another proxy", add("/spec/template/metadata/annotations", "{'sidecar.istio.io/proxyImage': 'x'}"), POD_MARKS),
                arguments("more pods", add("/spec/replicas", "50"), "change the replicas of a Deployment to 0"),
                arguments("a pause", add("/spec/paused", "true"), "nothing of a Deployment but its pod template"),
                arguments("no history", add("/spec/revisionHistoryLimit", "0"), "nothing of a Deployment but its pod template"),
                arguments("a label", add("/metadata/labels/x", "'y'"), METADATA));
    }

    @ParameterizedTest(name = "of a Deployment is refused: {0}")
    @MethodSource("deployments")
    void aRollbackIsRefused(String what, String patch, String words) {
        assertRefused(refusal(DEPLOYMENT, "reviews-v2", patch), words);
    }

    @Test
    void noDeploymentIsMade() {
        assertRefused(token.refusalToTry(Written.DEPLOYMENT), "may make no Deployments");
    }

    /** All attempts begin with these: what is refused above is refused for its one difference. */
    @Test
    void whatAllThoseBeginWithIsTaken() {
        assertThat(refusal(Mesh.VIRTUAL_SERVICE, "ratings", add("/spec/http/0", COPY))).isEmpty();
        String shift = "[{'op': 'add', 'path': '/spec/http/1/route/0/weight', 'value': 100},"
                + " {'op': 'add', 'path': '/spec/http/1/route/1/weight', 'value': 0}]";
        assertThat(refusal(Mesh.VIRTUAL_SERVICE, "ratings", shift)).isEmpty();
        assertThat(token.refusalToTry(OWN)).isEmpty();
        String image = add("/spec/template/spec/containers/0/image", "'bookinfo/reviews:before'");
        assertThat(refusal(DEPLOYMENT, "reviews-v2", image)).isEmpty();
        assertThat(refusal(DEPLOYMENT, "reviews-v2", add("/spec/replicas", "0"))).isEmpty();
    }
}

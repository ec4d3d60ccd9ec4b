package io.jenkins.plugins.chaosgate.mesh.live;

import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.assertRefused;
import static io.jenkins.plugins.chaosgate.mesh.live.Written.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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

/** A thief with the account's token rolls Deployments back and makes VirtualServices in no other way than gates do. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class RollbackBypassLiveTest {

    private static final ResourceDefinitionContext DEPLOYMENT = Mesh.kind("apps", "v1", "Deployment", "deployments");

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

    private static final String METADATA = "labels, annotations, finalizers and owners of what is yours must stay";
    private static final String TEMPLATE = "may change nothing of pods but the images and resources";
    private static final String CONTAINER = "may change nothing of a container but its resources and the tag";
    private static final String POD_MARKS = "may change no labels and annotations of pods";

    private static StolenToken token;

    @BeforeAll
    static void steal(FullBed bed) throws Exception {
        token = StolenToken.under(bed);
    }

    @AfterAll
    static void end() {
        token.close();
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

    static Stream<Arguments> ofItsOwn() {
        String host = "the routes of a VirtualService of a gate must all lead to its host";
        String narrow = "must be for one service of the cluster, and exported to its own namespace alone";
        String marks = "must have the name, the two labels and the annotations of a gate";
        String fault = "a fault must be for workloads that it selects";
        String one = "hosts: [details.bookinfo.svc.cluster.local]";
        return Stream.of(
                arguments("for every host", one, "hosts: [\"*\"]", narrow),
                arguments(
                        "for two hosts",
                        one,
                        "hosts: [details.bookinfo.svc.cluster.local, a.b.svc.cluster.local]",
                        narrow),
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
                arguments(
                        "that hurts everybody",
                        "    match: [{sourceLabels: {app: reviews}, sourceNamespace: bookinfo}]\n",
                        "",
                        fault),
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
                arguments(
                        "an image of another registry",
                        add(container + "/image", "'evil:5000/bookinfo/reviews:1'"),
                        CONTAINER),
                arguments("a longer name of an image", add(container + "/image", "'bookinfo/reviews/x:1'"), CONTAINER),
                arguments("a command", add(container + "/command", "['sh']"), CONTAINER),
                arguments("arguments", add(container + "/args", "['-c', 'x']"), CONTAINER),
                arguments(
                        "a variable",
                        add(container + "/env", "[{'name': 'JAVA_TOOL_OPTIONS', 'value': 'x'}]"),
                        CONTAINER),
                arguments(
                        "variables of a secret",
                        add(container + "/envFrom", "[{'secretRef': {'name': 'x'}}]"),
                        CONTAINER),
                arguments("a probe", add(container + "/livenessProbe", "{'exec': {'command': ['sh']}}"), CONTAINER),
                arguments(
                        "a hook",
                        add(container + "/lifecycle", "{'postStart': {'exec': {'command': ['sh']}}}"),
                        CONTAINER),
                arguments("more rights", add(container + "/securityContext", "{'runAsUser': 0}"), CONTAINER),
                arguments(
                        "a second container",
                        add(pod + "/containers/-", "{'name': 'x', 'image': 'bookinfo/reviews:v2'}"),
                        CONTAINER),
                arguments(
                        "a container before",
                        add(pod + "/initContainers", "[{'name': 'x', 'image': 'bookinfo/reviews:v2'}]"),
                        CONTAINER),
                arguments(
                        "a volume", add(pod + "/volumes", "[{'name': 'x', 'secret': {'secretName': 'x'}}]"), TEMPLATE),
                arguments("another account", add(pod + "/serviceAccountName", "'admin'"), TEMPLATE),
                arguments("the node's network", add(pod + "/hostNetwork", "true"), TEMPLATE),
                arguments("a chosen node", add(pod + "/nodeName", "'control-plane'"), TEMPLATE),
                arguments(
                        "no sidecar",
                        add("/spec/template/metadata/labels/sidecar.istio.io~1inject", "'false'"),
                        POD_MARKS),
                arguments(
                        "another proxy",
                        add("/spec/template/metadata/annotations", "{'sidecar.istio.io/proxyImage': 'x'}"),
                        POD_MARKS),
                arguments("more pods", add("/spec/replicas", "50"), "change the replicas of a Deployment to 0"),
                arguments("a pause", add("/spec/paused", "true"), "nothing of a Deployment but its pod template"),
                arguments(
                        "no history",
                        add("/spec/revisionHistoryLimit", "0"),
                        "nothing of a Deployment but its pod template"),
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
        assertThat(token.refusalToTry(OWN)).isEmpty();
        String image = add("/spec/template/spec/containers/0/image", "'bookinfo/reviews:before'");
        assertThat(refusal(DEPLOYMENT, "reviews-v2", image)).isEmpty();
        assertThat(refusal(DEPLOYMENT, "reviews-v2", add("/spec/replicas", "0")))
                .isEmpty();
    }
}

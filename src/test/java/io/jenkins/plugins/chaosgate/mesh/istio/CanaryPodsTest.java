package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.TICKET;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.abort;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.calls;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Container;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.End;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Role;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cluster shows of the canary's pods is read whole, in one call. */
class CanaryPodsTest {

    private static final String SPEC =
            """
            initContainers:
              - {name: istio-init, image: "istio/proxyv2:1"}
              - {name: fetch, image: "fetch:1", restartPolicy: Always}
            containers:
              - {name: reviews, image: "reviews:2"}
              - {name: istio-proxy, image: "istio/proxyv2:1"}
            """
                    .indent(2);
    private static final String STATUS =
            """
            phase: Running
            podIP: 10.0.0.7
            conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-01-01T00:00:10Z"}]
            initContainerStatuses:
              - {name: istio-init, restartCount: 0, imageID: "istio/proxyv2@sha256:p", state: {terminated: {exitCode: 0, reason: Completed}}}
              - {name: fetch, restartCount: 1, imageID: "", state: {running: {}}}
            containerStatuses:
              - name: reviews
                restartCount: 2
                imageID: "docker.io/reviews@sha256:aaaa"
                state: {running: {startedAt: "2026-01-01T00:00:05Z"}}
                lastState: {terminated: {reason: OOMKilled, exitCode: 137, finishedAt: "2026-01-01T00:00:04Z"}}
              - {name: istio-proxy, restartCount: 0, imageID: "istio/proxyv2@sha256:p", state: {running: {}}}
            """
                    .indent(2);

    private final TestCluster cluster = Bookinfo.cluster();
    private final IstioFaultInjector injector = new IstioFaultInjector(cluster.client(), Runnable::run);
    private final Experiment outage = experiment(abort(calls("ratings")));

    @AfterEach
    void close() {
        cluster.close();
    }

    private static String pod(String name, String metadata, String spec, String status) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name
                + ", namespace: bookinfo, labels: {app: reviews, version: v2, pod-template-hash: 7d4b}" + metadata
                + "}\nspec:\n" + spec + "status:\n" + status;
    }

    private Plan plan() {
        return done(injector.plan(outage, TICKET));
    }

    private CanaryPods look(CanaryPods before) {
        return done(injector.lookAtPods(outage.target(), before));
    }

    @Test
    void aPodIsReadWithAllThatAGateHasToKnowOfIt() {
        cluster.with(pod("reviews-v2-abc", "", SPEC, STATUS));
        CanaryPods pods = plan().scene().pods();
        Pod pod = pods.pods().get(0);
        assertThat(pod.name()).isEqualTo("reviews-v2-abc");
        assertThat(pod.uid()).isNotEmpty();
        assertThat(pod.template()).isEqualTo("7d4b");
        assertThat(pod.ready()).isTrue();
        assertThat(pod.readySince()).contains(Instant.parse("2026-01-01T00:00:10Z"));
        assertThat(pod.isLive()).isTrue();
        assertThat(pod.containers())
                .containsExactly(
                        new Container(
                                "istio-init",
                                Role.INIT,
                                "istio/proxyv2:1",
                                "istio/proxyv2@sha256:p",
                                0,
                                Optional.empty()),
                        new Container("fetch", Role.SIDECAR, "fetch:1", "", 1, Optional.empty()),
                        new Container(
                                "reviews",
                                Role.APP,
                                "reviews:2",
                                "docker.io/reviews@sha256:aaaa",
                                2,
                                Optional.of(
                                        new End("OOMKilled", 137, Optional.of(Instant.parse("2026-01-01T00:00:04Z"))))),
                        new Container(
                                "istio-proxy",
                                Role.PROXY,
                                "istio/proxyv2:1",
                                "istio/proxyv2@sha256:p",
                                0,
                                Optional.empty()));
        assertThat(look(pods)).isEqualTo(pods);
    }

    @Test
    void aContainerThatEndedAndDoesNotRunYetHasEndedOnceMore() {
        String backOff = STATUS.replace(
                "state: {running: {startedAt: \"2026-01-01T00:00:05Z\"}}",
                "state: {terminated: {reason: Error, exitCode: 1, finishedAt: \"2026-01-01T00:00:09Z\"}}");
        cluster.with(pod("reviews-v2-abc", "", SPEC, backOff));
        Container reviews = plan().scene().pods().pods().get(0).app().get(0);
        assertThat(reviews.ends()).isEqualTo(3);
        assertThat(reviews.lastEnd().orElseThrow().reason()).isEqualTo("Error");
    }

    @Test
    void whyAPodIsTakenAwayIsReadToo() {
        cluster.with(
                pod(
                        "evicted",
                        "",
                        SPEC,
                        "  {phase: Failed, reason: Evicted, message: low on memory, conditions: [{type: DisruptionTarget,"
                                + " status: \"True\", reason: TerminationByKubelet}]}\n"),
                pod("fine", "", SPEC, STATUS));
        Pod evicted = look(plan().scene().pods()).pods().get(0);
        assertThat(evicted.isLive()).isFalse();
        assertThat(List.of(evicted.phase(), evicted.reason(), evicted.message(), evicted.disruption()))
                .containsExactly("Failed", "Evicted", "low on memory", "TerminationByKubelet");
    }

    @Test
    void aPodThatSaysNothingOfItselfIsNotReadyAndNoError() {
        cluster.with(pod("new", "", "  {containers: [{name: app}, {name: istio-proxy}]}\n", "  {}\n"));
        Pod pod = plan().scene().pods().pods().get(0);
        assertThat(pod.ready()).isFalse();
        assertThat(pod.readySince()).isEmpty();
        assertThat(pod.app()).containsExactly(new Container("app", Role.APP, "", "", 0, Optional.empty()));
    }

    @Test
    void aLookIsOneCallByTheCanarysLabels() {
        cluster.with(
                pod("reviews-v2-abc", "", SPEC, STATUS),
                Bookinfo.entry("reviews", "v2").replace("reviews-v2", "reviews-v2-abc"));
        CanaryPods before = new CanaryPods(plan().scene().pods().pods(), List.of());
        cluster.requests.clear();
        look(before);
        assertThat(cluster.requests)
                .singleElement()
                .asString()
                .startsWith("GET /api/v1/namespaces/bookinfo/pods?labelSelector=")
                .contains("version");
    }

    @Test
    void aPodThatIsGoneIsNoLongerThere() {
        cluster.with(pod("reviews-v2-abc", "", SPEC, STATUS));
        CanaryPods before = plan().scene().pods();
        assertThat(before.pods()).hasSize(1);
        cluster.cluster()
                .delete(
                        ResourceType.POD,
                        "bookinfo",
                        "reviews-v2-abc",
                        before.pods().get(0).uid());
        assertThat(look(before).pods()).isEmpty();
    }

    @Test
    void ofWorkloadEntriesThatTheyAreThereIsAllThatIsRead() {
        CanaryPods before = plan().scene().pods();
        assertThat(before.pods()).isEmpty();
        assertThat(before.entries()).singleElement().asString().isEqualTo("WorkloadEntry bookinfo/reviews-v2");
        cluster.requests.clear();
        assertThat(look(before)).isEqualTo(before);
        assertThat(cluster.requests).singleElement().asString().contains("/workloadentries");
    }

    @Test
    void aPodAndItsWorkloadEntryAreOneMember() {
        String entry = Bookinfo.entry("reviews", "v2");
        cluster.with(
                pod("reviews-v2-abc", "", SPEC, STATUS),
                entry.replace("name: reviews-v2,", "name: by-address,").replace("127.0.1.1", "10.0.0.7"),
                entry.replace("name: reviews-v2,", "name: reviews-v2-abc,"),
                entry.replace("name: reviews-v2,", "name: another,").replace("127.0.1.1", "10.0.0.8"));
        assertThat(plan().scene().canary().pods()).containsExactly("another", "reviews-v2", "reviews-v2-abc");
        assertThat(plan().scene().canary().addresses()).containsOnlyKeys("reviews-v2-abc");
        assertThat(plan().scene().pods().entries())
                .extracting(Object::toString)
                .containsExactly("WorkloadEntry bookinfo/another", "WorkloadEntry bookinfo/reviews-v2");
    }

    @Test
    void aPodOnTheNodesOwnAddressIsNotWhateverElseIsThere() {
        cluster.with(
                pod("agent", "", "  hostNetwork: true\n" + SPEC, STATUS),
                Bookinfo.entry("reviews", "v2")
                        .replace("name: reviews-v2,", "name: machine,")
                        .replace("127.0.1.1", "10.0.0.7"));
        assertThat(plan().scene().canary().pods()).contains("agent", "machine");
    }

    @Test
    void anAnswerThatFailsIsSaid() {
        cluster.with(pod("reviews-v2-abc", "", SPEC, STATUS));
        CanaryPods before = plan().scene().pods();
        cluster.answerFirst(request -> Optional.of(TestCluster.refusal(503, "overloaded")));
        assertThatThrownBy(() -> look(before))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("overloaded");
    }
}

package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.TestCluster.ENVOY_FILTER;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.TICKET;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.abort;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.calls;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.unguarded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.gate.port.Presence.State;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** EnvoyFilters of our own, in and out of a cluster. */
class OwnObjectsTest {

    private final TestCluster cluster = Bookinfo.cluster();
    private final IstioFaultInjector injector = new IstioFaultInjector(cluster.client(), Runnable::run);
    private Change change;

    @BeforeEach
    void plan() {
        change = done(injector.plan(unguarded(experiment(abort(calls("ratings")))), TICKET))
                .changes()
                .get(0);
        cluster.requests.clear();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private Optional<ObjectNode> there() {
        return cluster.get(ENVOY_FILTER, "bookinfo", "chaos-gate-7f3a");
    }

    private void patch(String operation) {
        ArrayNode patch = Json.object().putArray("patch");
        patch.add(Json.parse(operation));
        cluster.cluster().patch(ENVOY_FILTER, "bookinfo", "chaos-gate-7f3a", patch, false);
    }

    private IstioFaultInjector anotherProcess() {
        return new IstioFaultInjector(cluster.client(), Runnable::run);
    }

    @Test
    void aDryRunLeavesNothing() {
        done(injector.dryRun(change));
        assertThat(there()).isEmpty();
        assertThat(cluster.requests).anyMatch(request -> request.startsWith("POST") && request.contains("dryRun=All"));
    }

    @Test
    void aFaultGoesInAndOut() {
        done(injector.inject(change));
        assertThat(there().orElseThrow().path("spec"))
                .isEqualTo(Json.parse(change.body()).path("spec"));
        assertThat(done(injector.look(change))).isEqualTo(Presence.AS_MADE);
        done(injector.rollback(change));
        assertThat(there()).isEmpty();
        assertThat(done(injector.look(change)).state()).isEqualTo(State.GONE);
        done(injector.rollback(change));
    }

    @Test
    void takingItOutCostsOneDeleteAndOneLook() {
        done(injector.inject(change));
        String uid = there().orElseThrow().path("metadata").path("uid").asText();
        cluster.requests.clear();
        done(injector.rollback(change));
        assertThat(cluster.requests).hasSize(2);
        assertThat(cluster.requests.get(0))
                .startsWith("DELETE ")
                .contains("\"uid\":\"" + uid + "\"", "\"propagationPolicy\":\"Background\"");
        assertThat(cluster.requests.get(1)).startsWith("GET ");
    }

    @Test
    void thatThereIsNothingToDeleteIsNotBelievedWithoutALook() {
        done(injector.inject(change));
        cluster.answerFirst(request -> request.getMethod().equals("DELETE")
                ? Optional.of(TestCluster.refusal(404, "page not found"))
                : Optional.empty());
        assertThatThrownBy(() -> done(injector.rollback(change)))
                .hasMessageContaining("was deleted but still stands: ask the cluster again");
        cluster.answerFirst(request -> Optional.empty());
        done(injector.rollback(change));
        assertThat(there()).isEmpty();
    }

    @Test
    void anotherProcessTakesItOutToo() {
        done(injector.inject(change));
        assertThat(done(anotherProcess().look(change))).isEqualTo(Presence.AS_MADE);
        done(anotherProcess().rollback(change));
        assertThat(there()).isEmpty();
    }

    @Test
    void anAnswerThatWasLostIsFoundOut() {
        AtomicInteger posts = new AtomicInteger();
        cluster.answerFirst(request -> {
            if (request.getMethod().equals("POST") && posts.incrementAndGet() == 1) {
                cluster.really(request);
                return Optional.of(TestCluster.refusal(504, "the answer took too long"));
            }
            return Optional.empty();
        });
        done(injector.inject(change));
        assertThat(posts).hasValue(1);
        assertThat(done(injector.look(change))).isEqualTo(Presence.AS_MADE);
        done(injector.rollback(change));
        assertThat(there()).isEmpty();
    }

    @Test
    void aCreateThatNeverCameThroughFails() {
        cluster.answerFirst(request -> request.getMethod().equals("POST")
                ? Optional.of(TestCluster.refusal(503, "etcd is away"))
                : Optional.empty());
        assertThatThrownBy(() -> done(injector.inject(change)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("could not create EnvoyFilter bookinfo/chaos-gate-7f3a: HTTP 503 etcd is away");
        assertThat(there()).isEmpty();
    }

    @Test
    void anObjectOfThatNameThatIsNotOursIsNeitherTakenNorDeleted() {
        cluster.with(
                """
                apiVersion: networking.istio.io/v1alpha3
                kind: EnvoyFilter
                metadata: {name: chaos-gate-7f3a, namespace: bookinfo, labels: {chaos-gate.jenkins.io/gate: 7f3a}}
                spec: {configPatches: []}
                """);
        assertThatThrownBy(() -> done(injector.inject(change))).hasMessageContaining("HTTP 409");
        done(injector.rollback(change));
        assertThat(there()).isPresent();
        assertThat(done(injector.look(change)).state()).isEqualTo(State.ALTERED);
    }

    @Test
    void aRefusalSaysWhatToDo() {
        cluster.answerFirst(request -> request.getMethod().equals("POST")
                ? Optional.of(TestCluster.refusal(403, "envoyfilters is forbidden"))
                : Optional.empty());
        assertThatThrownBy(() -> done(injector.inject(change)))
                .hasMessageContaining("HTTP 403 envoyfilters is forbidden; grant this permission");
    }

    @Test
    void whatOthersDoToItIsNoticed() {
        done(injector.inject(change));
        patch("{\"op\": \"add\", \"path\": \"/metadata/annotations/note\", \"value\": \"hello\"}");
        assertThat(done(injector.look(change))).isEqualTo(Presence.AS_MADE);
        patch("{\"op\": \"add\", \"path\": \"/spec/priority\", \"value\": 10}");
        assertThat(done(injector.look(change))).isEqualTo(new Presence(State.ALTERED, "its spec was changed"));
        // Another process cannot tell a server's default from somebody's addition, but a change it can.
        assertThat(done(anotherProcess().look(change))).isEqualTo(Presence.AS_MADE);
        patch("{\"op\": \"replace\", \"path\": \"/spec/workloadSelector/labels/version\", \"value\": \"v1\"}");
        assertThat(done(anotherProcess().look(change)).state()).isEqualTo(State.ALTERED);
    }

    @Test
    void whoChangedItIsNamed() {
        done(injector.inject(change));
        patch(
                """
                {"op": "add", "path": "/metadata/managedFields", "value": [
                 {"manager": "chaos-gate", "time": "2026-01-01T00:00:09Z"},
                 {"manager": "kubectl-edit", "time": "2026-01-01T00:00:05Z"},
                 {"manager": "argocd", "time": "2026-01-01T00:00:03Z"}]}
                """);
        patch("{\"op\": \"remove\", \"path\": \"/metadata/labels\"}");
        assertThat(done(injector.look(change)).detail())
                .isEqualTo("it no longer carries the labels of the gate, last changed by kubectl-edit at"
                        + " 2026-01-01T00:00:05Z");
    }

    @Test
    void anObjectThatSomebodyMadeAnewIsNoticedAndDeletedAllTheSame() {
        done(injector.inject(change));
        ObjectNode first = there().orElseThrow();
        cluster.cluster()
                .delete(
                        ENVOY_FILTER,
                        "bookinfo",
                        "chaos-gate-7f3a",
                        first.path("metadata").path("uid").asText());
        done(anotherProcess().inject(change));
        assertThat(done(injector.look(change)).detail()).startsWith("it was deleted and made anew");
        done(injector.rollback(change));
        assertThat(there()).isEmpty();
    }

    @Test
    void anObjectThatStandsAfterItsDeletionIsNotGone() {
        done(injector.inject(change));
        patch("{\"op\": \"add\", \"path\": \"/metadata/finalizers\", \"value\": [\"a.b/c\"]}");
        assertThatThrownBy(() -> done(injector.rollback(change)))
                .hasMessageContaining("still stands, with finalizers [\"a.b/c\"]");
        assertThat(done(injector.look(change)).detail()).startsWith("it is being deleted");
        patch("{\"op\": \"remove\", \"path\": \"/metadata/finalizers\"}");
        done(injector.rollback(change));
        assertThat(there()).isEmpty();
    }

    @Test
    void aRollbackThatTheClusterDoesNotAnswerFails() {
        done(injector.inject(change));
        cluster.answerFirst(request -> Optional.of(TestCluster.refusal(500, "broken")));
        assertThatThrownBy(() -> done(injector.rollback(change))).hasMessageContaining("HTTP 500 broken");
        cluster.answerFirst(request -> Optional.empty());
        done(injector.rollback(change));
        assertThat(there()).isEmpty();
    }

    @Test
    void whatMayNotBeDeletedButIsGoneCountsAsOut() {
        done(injector.inject(change));
        cluster.answerFirst(request -> request.getMethod().equals("DELETE")
                ? Optional.of(TestCluster.refusal(403, "may not delete"))
                : Optional.empty());
        assertThatThrownBy(() -> done(injector.rollback(change))).hasMessageContaining("HTTP 403 may not delete");
        cluster.answerFirst(request -> Optional.empty());
        done(anotherProcess().rollback(change));
        cluster.answerFirst(request -> request.getMethod().equals("DELETE")
                ? Optional.of(TestCluster.refusal(403, "may not delete"))
                : Optional.empty());
        done(injector.rollback(change));
        assertThat(done(injector.look(change)).state()).isEqualTo(State.GONE);
    }

    @Test
    void aFilterThatReachesTooFarNeverLeaves() {
        for (String path : List.of(
                "/spec/workloadSelector",
                "/spec/configPatches/0/match/routeConfiguration/vhost",
                "/spec/configPatches/0")) {
            ArrayNode patch = Json.object().putArray("patch");
            patch.addObject().put("op", "remove").put("path", path);
            String body = JsonPatch.apply(patch, Json.parse(change.body())).toString();
            Change wide = new Change(change.gate(), change.object(), false, body, List.of(0));
            assertThatThrownBy(() -> done(injector.inject(wide))).hasMessageContaining("selects workloads");
        }
        assertThat(cluster.requests).isEmpty();
    }

    @Test
    void onlyKindsOfIstioAreTouched() {
        Change pod = new Change("7f3a", new ObjectRef("v1", "Pod", "bookinfo", "x"), false, "{}", List.of());
        assertThatThrownBy(() -> done(injector.rollback(pod))).hasMessageContaining("is of v1");
        Change odd = new Change(
                "7f3a", new ObjectRef("networking.istio.io/v1", "Gateway", "bookinfo", "x"), false, "{}", List.of());
        assertThatThrownBy(() -> done(injector.rollback(odd))).hasMessageContaining("not by Gateway");
    }

    @Test
    void theCommandsByHandAreExact() {
        assertThat(injector.undoCommands(change))
                .containsExactly("kubectl delete envoyfilter.networking.istio.io chaos-gate-7f3a --namespace bookinfo");
    }

    @Test
    void leftoversAreFoundAndTakenOutByTheirLabels() {
        done(injector.inject(change));
        Leftover leftover =
                done(anotherProcess().findLeftovers(Optional.empty())).get(0);
        assertThat(leftover.origin()).isEqualTo("build 12 of shop");
        assertThat(leftover.since()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(leftover.until()).isEqualTo("2026-01-01T00:05:00Z");
        assertThat(leftover.change().object()).isEqualTo(change.object());
        assertThat(Json.parse(leftover.change().body())).isEqualTo(Json.parse(change.body()));
        assertThat(done(injector.findLeftovers(Optional.of("other")))).isEmpty();
        assertThat(done(injector.findLeftovers(Optional.of("bookinfo")))).hasSize(1);
        done(anotherProcess().rollback(leftover.change()));
        assertThat(there()).isEmpty();
        assertThat(done(injector.findLeftovers(Optional.empty()))).isEmpty();
    }

    @Test
    void theCallerIsNeverHeldUp() {
        Deque<Runnable> later = new ArrayDeque<>();
        IstioFaultInjector lazy = new IstioFaultInjector(cluster.client(), later::add);
        List<CompletableFuture<?>> stages = new ArrayList<>();
        stages.add(lazy.dryRun(change).toCompletableFuture());
        stages.add(lazy.inject(change).toCompletableFuture());
        stages.add(lazy.look(change).toCompletableFuture());
        stages.add(lazy.findLeftovers(Optional.empty()).toCompletableFuture());
        stages.add(new IstioFaultInjector(cluster.client(), later::add)
                .rollback(change)
                .toCompletableFuture());
        stages.add(lazy.plan(experiment(), TICKET).toCompletableFuture());
        assertThat(stages).noneMatch(CompletableFuture::isDone);
        assertThat(cluster.requests).isEmpty();
        later.forEach(Runnable::run);
        assertThat(stages).allMatch(stage -> stage.isDone() && !stage.isCompletedExceptionally());
    }
}

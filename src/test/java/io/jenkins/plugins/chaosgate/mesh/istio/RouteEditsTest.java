package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.TestCluster.VIRTUAL_SERVICE;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.TICKET;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.abort;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.calls;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.overriding;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.virtualService;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.gate.port.Presence.State;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes of ours in a VirtualService of the user's, in and out of a cluster. */
class RouteEditsTest {

    private static final String ROUTES =
            """
            {hosts: [ratings], unknown: {kept: [1, 2.50]}, http: [
             {name: tester, match: [{headers: {cookie: {regex: ".*tester.*"}}}], retries: {attempts: 3, perTryTimeout: 2s},
              fault: {delay: {fixedDelay: 7s, percentage: {value: 0.1}}},
              route: [{destination: {host: ratings, subset: v2}}]},
             {name: rest, timeout: 10s, route: [{destination: {host: ratings, subset: v1}, weight: 90},
              {destination: {host: ratings, subset: v2}, weight: 10}]}]}
            """;

    private final TestCluster cluster = Bookinfo.cluster().with(virtualService("ratings", ROUTES));
    private final IstioFaultInjector injector = new IstioFaultInjector(cluster.client(), Runnable::run);
    private final AtomicInteger touches = new AtomicInteger();
    private Change change;
    private String before;

    @BeforeEach
    void plan() {
        change = done(injector.plan(
                        overriding(experiment(abort(calls("ratings"))).withMechanism(Mechanism.VIRTUAL_SERVICE)),
                        TICKET))
                .changes()
                .get(0);
        before = spec().toString();
        cluster.requests.clear();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private ObjectNode object() {
        return cluster.get(VIRTUAL_SERVICE, "bookinfo", "ratings").orElseThrow();
    }

    private ObjectNode spec() {
        return (ObjectNode) object().path("spec");
    }

    private void patch(String operation) {
        ArrayNode patch = Json.object().putArray("patch");
        patch.add(Json.parse(operation));
        cluster.cluster().patch(VIRTUAL_SERVICE, "bookinfo", "ratings", patch, false);
    }

    private List<String> names() {
        return Json.elements(spec().path("http"))
                .map(route -> route.path("name").asText())
                .toList();
    }

    /** What somebody else sends just before our patch. */
    private RecordedRequest touch() {
        return TestCluster.request(
                HttpMethod.PATCH,
                VIRTUAL_SERVICE.path("bookinfo", "ratings"),
                "application/json-patch+json",
                "[{\"op\": \"add\", \"path\": \"/spec/touched\", \"value\": " + touches.incrementAndGet() + "}]");
    }

    @Test
    void theUsersObjectIsOnlyGivenRoutes() {
        ObjectNode metadata = (ObjectNode) object().path("metadata");
        done(injector.inject(change));
        assertThat(names()).containsExactly("chaos-gate-7f3a-1", "chaos-gate-7f3a-2", "tester", "rest");
        ObjectNode now = (ObjectNode) object().path("metadata");
        for (String moving : List.of("resourceVersion", "generation", "managedFields")) {
            metadata.remove(moving);
            now.remove(moving);
        }
        assertThat(now).isEqualTo(metadata);
        assertThat(done(injector.look(change))).isEqualTo(Presence.AS_MADE);
        done(injector.rollback(change));
        assertThat(spec().toString()).isEqualTo(before);
        assertThat(done(injector.look(change)).state()).isEqualTo(State.GONE);
        done(injector.rollback(change));
        assertThat(spec().toString()).isEqualTo(before);
    }

    @Test
    void aDryRunLeavesNothing() {
        done(injector.dryRun(change));
        assertThat(spec().toString()).isEqualTo(before);
        assertThat(cluster.requests).anyMatch(request -> request.startsWith("PATCH") && request.contains("dryRun=All"));
    }

    @Test
    void injectingTwicePutsInOneSetOfRoutes() {
        done(injector.inject(change));
        done(injector.inject(change));
        assertThat(names()).hasSize(4);
    }

    @Test
    void whatOthersDidMeanwhileStaysAsTheyDidIt() {
        done(injector.inject(change));
        patch("{\"op\": \"replace\", \"path\": \"/spec/http/3/route/0/weight\", \"value\": 50}");
        patch("{\"op\": \"add\", \"path\": \"/spec/http/0\", \"value\": {\"name\": \"in-front\"}}");
        patch("{\"op\": \"add\", \"path\": \"/spec/http/2\", \"value\": {\"name\": \"between\"}}");
        patch("{\"op\": \"remove\", \"path\": \"/spec/unknown\"}");
        assertThat(done(injector.look(change)).detail()).startsWith("other routes stand in front");
        done(injector.rollback(change));
        assertThat(names()).containsExactly("in-front", "between", "tester", "rest");
        assertThat(spec().path("http")
                        .get(3)
                        .path("route")
                        .get(0)
                        .path("weight")
                        .asInt())
                .isEqualTo(50);
        assertThat(spec().has("unknown")).isFalse();
        assertThat(spec().path("http")
                        .get(2)
                        .path("fault")
                        .path("delay")
                        .path("fixedDelay")
                        .asText())
                .isEqualTo("7s");
    }

    @Test
    void whatOthersDoToOurRoutesIsNoticed() {
        done(injector.inject(change));
        patch("{\"op\": \"replace\", \"path\": \"/spec/http/3/timeout\", \"value\": \"9s\"}");
        assertThat(done(injector.look(change))).isEqualTo(Presence.AS_MADE);
        patch("{\"op\": \"remove\", \"path\": \"/spec/http/1/fault\"}");
        assertThat(done(injector.look(change)).detail()).startsWith("the gate's routes in it were changed");
        patch("{\"op\": \"remove\", \"path\": \"/spec/http/1\"}");
        assertThat(done(injector.look(change)).state()).isEqualTo(State.ALTERED);
        patch("{\"op\": \"remove\", \"path\": \"/spec/http/0\"}");
        assertThat(done(injector.look(change)).state()).isEqualTo(State.GONE);
    }

    @Test
    void theRoutesAreCopiedAsTheyAreByThen() {
        patch("{\"op\": \"replace\", \"path\": \"/spec/http/1/route/0/weight\", \"value\": 50}");
        done(injector.inject(change));
        assertThat(spec().path("http")
                        .get(1)
                        .path("route")
                        .get(0)
                        .path("weight")
                        .asInt())
                .isEqualTo(50);
        assertThat(done(injector.look(change))).isEqualTo(Presence.AS_MADE);
    }

    @Test
    void whenSomebodyIsFasterItIsReadAgain() {
        cluster.answerFirst(request -> {
            if (request.getMethod().equals("PATCH") && request.getPath().contains("ratings")) {
                cluster.answerFirst(other -> Optional.empty());
                cluster.really(touch());
            }
            return Optional.empty();
        });
        done(injector.inject(change));
        assertThat(names()).containsExactly("chaos-gate-7f3a-1", "chaos-gate-7f3a-2", "tester", "rest");
        assertThat(spec().path("touched").asInt()).isEqualTo(1);
    }

    @Test
    void aPatchThatTheClusterRefusesForItselfIsNotTriedAgain() {
        AtomicInteger patches = new AtomicInteger();
        cluster.answerFirst(request -> {
            if (request.getMethod().equals("PATCH")) {
                patches.incrementAndGet();
                return Optional.of(TestCluster.refusal(422, "a webhook does not like it"));
            }
            return Optional.empty();
        });
        assertThatThrownBy(() -> done(injector.inject(change))).hasMessageContaining("HTTP 422");
        assertThat(patches).hasValue(1);
        assertThat(spec().toString()).isEqualTo(before);
    }

    @Test
    void itIsNotTriedForEver() {
        AtomicInteger patches = new AtomicInteger();
        cluster.answerFirst(request -> {
            if (request.getMethod().equals("PATCH")) {
                patches.incrementAndGet();
                cluster.really(touch());
                return Optional.of(TestCluster.refusal(409, "somebody was faster"));
            }
            return Optional.empty();
        });
        assertThatThrownBy(() -> done(injector.inject(change))).hasMessageContaining("somebody was faster");
        assertThat(patches).hasValue(5);
    }

    @Test
    void anAnswerThatWasLostIsFoundOut() {
        AtomicInteger patches = new AtomicInteger();
        cluster.answerFirst(request -> {
            if (request.getMethod().equals("PATCH") && patches.incrementAndGet() == 1) {
                cluster.really(request);
                return Optional.of(TestCluster.refusal(504, "the answer took too long"));
            }
            return Optional.empty();
        });
        done(injector.inject(change));
        assertThat(names()).containsExactly("chaos-gate-7f3a-1", "chaos-gate-7f3a-2", "tester", "rest");
        assertThat(done(injector.look(change))).isEqualTo(Presence.AS_MADE);
        patches.set(0);
        done(injector.rollback(change));
        assertThat(spec().toString()).isEqualTo(before);
    }

    @Test
    void aVirtualServiceThatIsGoneNeedsNoRollback() {
        done(injector.inject(change));
        cluster.cluster()
                .delete(
                        VIRTUAL_SERVICE,
                        "bookinfo",
                        "ratings",
                        object().path("metadata").path("uid").asText());
        assertThat(done(injector.look(change)).detail()).isEqualTo("the whole VirtualService was deleted");
        done(injector.rollback(change));
        assertThatThrownBy(() -> done(injector.inject(change))).hasMessageContaining("is no longer there");
    }

    @Test
    void leftoversAreFoundByTheNamesOfRoutes() {
        done(injector.inject(change));
        List<Leftover> leftovers = done(injector.findLeftovers(Optional.of("bookinfo")));
        assertThat(leftovers).singleElement().satisfies(leftover -> {
            assertThat(leftover.change().gate()).isEqualTo("7f3a");
            assertThat(leftover.change().edits()).isTrue();
            assertThat(leftover.change().object()).isEqualTo(change.object());
        });
        IstioFaultInjector another = new IstioFaultInjector(cluster.client(), Runnable::run);
        Change leftover = leftovers.get(0).change();
        assertThat(done(another.look(leftover))).isEqualTo(Presence.AS_MADE);
        done(another.rollback(leftover));
        assertThat(spec().toString()).isEqualTo(before);
        assertThat(done(injector.findLeftovers(Optional.empty()))).isEmpty();
    }

    @Test
    void theCommandsByHandNameTheRoutes() {
        assertThat(injector.undoCommands(change))
                .containsExactly(
                        "kubectl get virtualservice.networking.istio.io ratings --namespace bookinfo --output json | jq"
                                + " 'del(.spec.http[] | select((.name // \"\") | startswith(\"chaos-gate-7f3a-\")))' |"
                                + " kubectl replace --filename -",
                        "kubectl edit virtualservice.networking.istio.io ratings --namespace bookinfo   # or by hand:"
                                + " remove the routes whose names begin with chaos-gate-7f3a-");
    }
}

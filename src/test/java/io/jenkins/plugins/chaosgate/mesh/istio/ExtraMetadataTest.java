package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.TICKET;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels and annotations that a cluster's policies ask for, on what a gate makes. */
class ExtraMetadataTest {

    private static final ExtraMetadata EXTRA =
            new ExtraMetadata(Map.of("team", "payments"), Map.of("example.com/contact", "chaos team"));

    private final TestCluster cluster = Bookinfo.cluster();
    private final IstioFaultInjector injector =
            new IstioFaultInjector(cluster.client(), Runnable::run, System::nanoTime, EXTRA);

    @AfterEach
    void close() {
        cluster.close();
    }

    private static Experiment experiment(String mechanism) {
        return ExperimentReader.read(
                "test.yaml",
                """
                name: test
                target: {namespace: bookinfo, canary: {app: reviews, version: v2}}
                mechanism: %s
                faults: [{httpAbort: {to: ratings, status: 500, percentage: 100}}]
                steadyState: [{errorRate: {of: reviews, max: 1%%}}]
                """
                        .formatted(mechanism),
                Map.of());
    }

    @Test
    void allObjectsThatAGateMakesCarryThem() {
        List<Change> made = new ArrayList<>();
        for (String mechanism : List.of("envoyFilter", "virtualService")) {
            Plan plan = done(injector.plan(experiment(mechanism), TICKET));
            plan.guard().ifPresent(made::add);
            made.addAll(plan.changes());
            injector.lock()
                    .write(experiment(mechanism), TICKET, plan.guard(), Instant.EPOCH)
                    .ifPresent(made::add);
        }
        assertThat(made.stream().map(change -> change.object().kind()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("Job", "EnvoyFilter", "VirtualService", "Lease");
        assertThat(made).allSatisfy(change -> {
            JsonNode metadata = Json.parse(change.body()).path("metadata");
            assertThat(metadata.path("labels").path("team").asText()).isEqualTo("payments");
            assertThat(metadata.path("annotations").path("example.com/contact").asText())
                    .isEqualTo("chaos team");
            assertThat(Marks.gateOfObject(Json.parse(change.body()))).contains(TICKET.id());
            assertThat(Marks.annotation(Json.parse(change.body()), Marks.UNTIL)).isNotEmpty();
        });
        Change guard = made.stream().filter(GuardJobs::isGuard).findFirst().orElseThrow();
        assertThat(Json.parse(guard.body())
                        .at("/spec/template/metadata/labels/team")
                        .asText())
                .as("policies for pods look at what pods are made from")
                .isEqualTo("payments");
        assertThat(guard.gate()).isEqualTo(TICKET.id());
    }

    @Test
    void whatIsTheUsersIsLeftAsItIs() {
        Change edit = new Change(
                "7f3a",
                new ObjectRef("networking.istio.io/v1", "VirtualService", "bookinfo", "x"),
                true,
                "[]",
                List.of());
        assertThat(EXTRA.on(edit)).isSameAs(edit);
    }

    @Test
    void withoutThemNothingChanges() {
        Change change = new Change("7f3a", new ObjectRef("batch/v1", "Job", "bookinfo", "x"), false, "{}", List.of());
        assertThat(ExtraMetadata.NONE.on(change)).isSameAs(change);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chaos-gate.jenkins.io/gate",
                "chaos-gate.jenkins.io/other",
                "sub.chaos-gate.jenkins.io/x",
                "app.kubernetes.io/managed-by",
                "kubernetes.io/metadata.name",
                "batch.kubernetes.io/job-name",
                "pod-security.kubernetes.io/enforce",
                "k8s.io/x",
                "admission.k8s.io/x"
            })
    void whatIsOursOrOfKubernetesIsRefused(String key) {
        assertThatThrownBy(() -> new ExtraMetadata(Map.of(key, "x"), Map.of()))
                .hasMessageContaining("the label \"" + key + "\" is not for you to set");
        assertThatThrownBy(() -> new ExtraMetadata(Map.of(), Map.of(key, "x")))
                .hasMessageContaining("the annotation \"" + key + "\" is not for you to set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"team", "a", "example.com/team", "app.kubernetes.io/part-of", "mykubernetes.io/x", "istio.io/rev"
            })
    void othersAreTaken(String key) {
        assertThat(new ExtraMetadata(Map.of(key, "x_1.y-z"), Map.of(key, "any text = at all")).labels())
                .containsEntry(key, "x_1.y-z");
        assertThat(new ExtraMetadata(Map.of(key, ""), Map.of()).labels()).containsKey(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-a", "a/b/c", "/a", "a/", "Example.com/team", "a\nb", "ü"})
    void whatKubernetesWouldNotTakeIsRefused(String key) {
        assertThatThrownBy(() -> new ExtraMetadata(Map.of(key, "x"), Map.of()))
                .hasMessageContaining("is no name that Kubernetes takes")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aLabelsValueIsShortAndPlain() {
        for (String value : List.of("a b", "-", "x".repeat(64), "a/b")) {
            assertThatThrownBy(() -> new ExtraMetadata(Map.of("team", value), Map.of()))
                    .hasMessageContaining("the label \"team\" has the value");
        }
        assertThatThrownBy(() -> new ExtraMetadata(Map.of(), Map.of("a", "x".repeat(1025))))
                .hasMessageContaining("longer than 1024");
        Map<String, String> many =
                IntStream.range(0, 33).boxed().collect(Collectors.toMap(i -> "l" + i, String::valueOf));
        assertThatThrownBy(() -> new ExtraMetadata(many, Map.of())).hasMessageContaining("33");
    }
}

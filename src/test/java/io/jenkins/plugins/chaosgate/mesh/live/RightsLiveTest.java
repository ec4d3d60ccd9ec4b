package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates with no other rights than those of the published manifests, as they stand. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class RightsLiveTest {

    private static final String RUNNING_JOB =
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: runs, namespace: bookinfo}
            spec:
              ttlSecondsAfterFinished: 10
              template: {spec: {restartPolicy: Never, containers: [{name: x, image: "x:1"}]}}
            """;

    @BeforeEach
    void grant(FullBed bed) throws Exception {
        for (HasMetadata manifest : manifests(bed)) {
            bed.client().resource(manifest).create();
        }
        // A policy holds a moment after it was made.
        Mesh.await("the policies", () -> refusal(bed).contains("may only make Jobs with parallelism 0"));
    }

    @AfterEach
    void withdraw(FullBed bed) throws IOException {
        for (HasMetadata manifest : manifests(bed)) {
            bed.client().resource(manifest).delete();
        }
    }

    private static List<HasMetadata> manifests(FullBed bed) throws IOException {
        List<HasMetadata> all = new ArrayList<>();
        for (String file : List.of("envoy-filter.yaml", "guard-policies.yaml", "edit-policies.yaml")) {
            all.addAll(Account.manifest(bed, file));
        }
        return all;
    }

    /** What the cluster says when the account wants a Job that runs something; empty where it takes it. */
    private static String refusal(FullBed bed) {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(bed.client().getConfiguration())
                        .withImpersonateUsername(Account.NAME)
                        .build())
                .build()) {
            client.resource(Serialization.unmarshal(RUNNING_JOB, Job.class))
                    .dryRun(true)
                    .create();
            return "";
        } catch (KubernetesClientException refused) {
            return refused.getMessage();
        }
    }

    private static String harmless(String more) {
        return Experiments.harmless("httpAbort: {to: ratings, status: 500, percentage: 100}")
                .replace("faults:", more + "\nfaults:");
    }

    @Test
    void theManifestsAreEnough(FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.runAsAccount(bed, harmless("lease: 10s"));
            assertThat(gate.exit()).as(gate.output()).isZero();
            assertThat(gate.output()).contains("guarded, lease 10 s").doesNotContain("could not be prolonged");
            Mesh.assertNothingIsLeft(bed);
        }
    }

    @ParameterizedTest
    @CsvSource({"control-run.yaml,0", "talk/reviews-v2.yaml,1", "talk/reviews-v3.yaml,0"})
    @AtLength
    void theExamplesThatTheBedCanServeRunWithThem(String example, int status, FullBed bed) throws Exception {
        String experiment = Files.readString(Path.of("examples", example))
                .replaceFirst("(?m)^watch:.*", Experiments.SHORT_WATCH)
                .replace(", per: 1m", "");
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.runAsAccount(bed, experiment);
            assertThat(gate.exit()).as(gate.output()).isEqualTo(status);
            Mesh.assertNothingIsLeft(bed);
        }
    }

    @Test
    void aFaultThatNobodyOwnsIsRefusedByThePolicy(FullBed bed) throws Exception {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            GateProcess gate = GateProcess.runAsAccount(bed, harmless("guard: none"));
            assertThat(gate.exit()).as(gate.output()).isNotZero();
            assertThat(gate.output()).contains("a fault must be owned by a Job");
            assertThat(gate.report().path("started").asBoolean()).isFalse();
            Mesh.assertNothingIsLeft(bed);
        }
    }

    @Test
    void aRuleThatIsTakenAwayIsNamed(FullBed bed) throws Exception {
        bed.client()
                .rbac()
                .roles()
                .inNamespace(Mesh.NAMESPACE)
                .withName("chaos-gate")
                .edit(role -> {
                    role.getRules().removeIf(rule -> rule.getResources().contains("jobs"));
                    return role;
                });
        GateProcess gate = GateProcess.runAsAccount(bed, harmless("lease: 10s"));
        assertThat(gate.exit()).as(gate.output()).isNotZero();
        for (String verb : List.of("create", "get", "patch", "delete")) {
            assertThat(gate.output())
                    .contains("may not " + verb + " jobs.batch in namespace bookinfo", "verbs: [" + verb + "]");
        }
        assertThat(gate.output()).contains("guard: none");
        Mesh.assertNothingIsLeft(bed);
    }
}

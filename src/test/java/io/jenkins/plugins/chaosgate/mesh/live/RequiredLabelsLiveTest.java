package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.mesh.cluster.Kubeconfig;
import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
import io.jenkins.plugins.chaosgate.mesh.istio.IstioFaultInjector;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster whose policy wants an owner's label on everything. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class RequiredLabelsLiveTest {

    private static final String POLICY =
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: need-team-label}
            spec:
              failurePolicy: Fail
              matchConstraints:
                resourceRules:
                - apiGroups: [batch, networking.istio.io, coordination.k8s.io]
                  apiVersions: ["*"]
                  operations: [CREATE]
                  resources: [jobs, envoyfilters, virtualservices, leases]
              validations:
              - expression: "has(object.metadata.labels) && 'team' in object.metadata.labels"
                message: "label 'team' is required: see wiki/cost-centers"
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: need-team-label}
            spec:
              policyName: need-team-label
              validationActions: [Deny]
              matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: bookinfo}}}
            """;

    private static List<HasMetadata> policy(FullBed bed) {
        return bed.client()
                .load(new ByteArrayInputStream(POLICY.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    @BeforeEach
    void demand(FullBed bed) {
        policy(bed).forEach(object -> bed.client().resource(object).create());
    }

    @AfterEach
    void withdraw(FullBed bed) {
        policy(bed).forEach(object -> bed.client().resource(object).delete());
    }

    /** What the cluster says to each object of a gate with these labels; empty for what it would take. */
    private static List<String> refusals(FullBed bed, Map<String, String> labels) throws IOException {
        Kubeconfig kubeconfig = Kubeconfig.read(
                Files.readString(bed.kubeconfig()),
                Optional.empty(),
                Kubeconfig.Rules.local(bed.kubeconfig().getParent(), false));
        List<String> refusals = new ArrayList<>();
        for (String mechanism : List.of("envoyFilter", "virtualService")) {
            Experiment experiment = ExperimentReader.read(
                    "test.yaml",
                    Experiments.harmless("httpAbort: {to: ratings, status: 500, percentage: 100}")
                            .replace("faults:", "mechanism: " + mechanism + "\nfaults:"),
                    Map.of());
            GateTicket ticket = GateTicket.beginning(Instant.now(), "7f3a", "test", experiment.watch());
            try (IstioFaultInjector mesh =
                    IstioFaultInjector.connect(kubeconfig, Runnable::run, new ExtraMetadata(labels, Map.of()))) {
                Plan plan = mesh.plan(experiment, ticket).toCompletableFuture().join();
                List<Change> made = new ArrayList<>(plan.changes());
                plan.guard().ifPresent(made::add);
                mesh.lock()
                        .write(experiment, ticket, plan.guard(), Instant.now())
                        .ifPresent(made::add);
                made.removeIf(Change::edits);
                assertThat(made).as(plan.findings().toString()).hasSizeGreaterThanOrEqualTo(2);
                made.forEach(change -> refusals.add(refusal(mesh, change)));
            }
        }
        return refusals;
    }

    private static String refusal(IstioFaultInjector mesh, Change change) {
        try {
            mesh.dryRun(change).toCompletableFuture().join();
            return "";
        } catch (CompletionException refused) {
            return change.object() + ": " + refused.getCause().getMessage();
        }
    }

    @Test
    void theLabelsThatWereGivenAreOnEverythingThatAGateMakes(FullBed bed) throws Exception {
        Mesh.await("the policy", () -> refusals(bed, Map.of()).stream()
                .allMatch(said -> said.contains("label 'team' is required")));
        assertThat(refusals(bed, Map.of("team", "payments"))).containsOnly("");
    }
}

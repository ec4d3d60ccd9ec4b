package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * The account's token in the hands of a thief, under the published policies. Its roles allow everything, so that
 * what is refused is refused by the policies alone, whatever an administrator has granted. All is gone when closed.
 */
final class StolenToken implements AutoCloseable {

    private static final String POD =
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: runs, namespace: bookinfo}
            spec: {template: {spec: {restartPolicy: Never, containers: [{name: x, image: "x:1"}]}}}
            """;

    private static final String ROUTES =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: runs, namespace: bookinfo}
            spec: {hosts: [runs], http: [{route: [{destination: {host: runs}}]}]}
            """;

    private final FullBed bed;
    private final KubernetesClient thief;
    private final Deque<HasMetadata> granted = new ArrayDeque<>();

    private StolenToken(FullBed bed) {
        this.bed = bed;
        this.thief = client(bed);
    }

    private static KubernetesClient client(FullBed bed) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(bed.client().getConfiguration())
                        .withImpersonateUsername(Account.NAME)
                        .build())
                .build();
    }

    /** Returns when each of the policies holds. */
    static StolenToken under(FullBed bed) throws Exception {
        StolenToken token = new StolenToken(bed);
        token.grant(new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("stolen-token")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                .addNewSubject("rbac.authorization.k8s.io", "User", Account.NAME, null)
                .build());
        for (HasMetadata object : policies(bed)) {
            token.grant(object);
        }
        Mesh.await("the right", () -> !token.refusalToTry(POD).contains("cannot create"));
        awaitPolicies(bed);
        Mesh.await(
                "the last policy", () -> token.refusalToTry(Written.DEPLOYMENT).contains("chaos-gate-rolls-back-only"));
        return token;
    }

    /** Returns when the policies, which were made, hold: together, when the API server has next looked. */
    static void awaitPolicies(FullBed bed) throws Exception {
        Mesh.await("the policies", () -> refusalOf(bed, POD).contains("chaos-gate-jobs-run-nothing"));
        Mesh.await("the policies on edits", () -> refusalOf(bed, ROUTES).contains("chaos-gate-routes-are-its-own"));
    }

    /** What the cluster says when the account, with whatever rights it has, tries to make something. */
    static String refusalOf(FullBed bed, String yaml) {
        try (KubernetesClient account = client(bed)) {
            return refusalToTry(account, yaml);
        }
    }

    private static List<HasMetadata> policies(FullBed bed) throws IOException {
        List<HasMetadata> all = new ArrayList<>(Account.manifest(bed, "guard-policies.yaml"));
        all.addAll(Account.manifest(bed, "edit-policies.yaml"));
        return all;
    }

    private void grant(HasMetadata object) {
        granted.push(bed.client().resource(object).create());
    }

    /** Makes something as the thief; it has to be taken. */
    GenericKubernetesResource make(String yaml) {
        return thief.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .create();
    }

    /** What the cluster says to an attempt to make something; empty where it takes it, which changes nothing. */
    String refusalToTry(String yaml) {
        return refusalToTry(thief, yaml);
    }

    private static String refusalToTry(KubernetesClient account, String yaml) {
        // As it stands: the client's own way would leave out what is null.
        JsonNode object = Serialization.unmarshal(yaml, JsonNode.class);
        String path = "/apis/" + object.path("apiVersion").asText() + "/namespaces/"
                + object.at("/metadata/namespace").asText() + "/"
                + object.path("kind").asText().toLowerCase(Locale.ROOT) + "s?dryRun=All";
        return refusal(() -> account.raw(path, "POST", object));
    }

    /** The same for an attempt to patch something, really. */
    String refusalToPatch(ResourceDefinitionContext kind, String name, PatchContext how, String patch) {
        return refusal(() -> thief.genericKubernetesResources(kind)
                .inNamespace(Mesh.NAMESPACE)
                .withName(name)
                .patch(how, patch));
    }

    /** The same for its status. */
    String refusalToPatchStatus(ResourceDefinitionContext kind, String name, String patch) {
        return refusal(() -> thief.genericKubernetesResources(kind)
                .inNamespace(Mesh.NAMESPACE)
                .withName(name)
                .subresource("status")
                .patch(merging("chaos-gate"), patch));
    }

    /** The same for an attempt to delete something, or by {@code ?labelSelector=…} all such, with this propagation policy, if any. */
    String refusalToDelete(ResourceDefinitionContext kind, String name, String propagation) {
        return refusalToDelete(thief, kind, name, propagation);
    }

    static String refusalToDelete(
            KubernetesClient who, ResourceDefinitionContext kind, String name, String propagation) {
        String path = (kind.getGroup().isEmpty() ? "/api/" : "/apis/" + kind.getGroup() + "/") + kind.getVersion()
                + "/namespaces/" + Mesh.NAMESPACE + "/" + kind.getPlural() + (name.startsWith("?") ? "" : "/") + name;
        DeleteOptions options = new DeleteOptionsBuilder()
                .withPropagationPolicy(propagation.isEmpty() ? null : propagation)
                .build();
        return refusal(() -> who.raw(path, "DELETE", options));
    }

    static String refusal(Runnable attempt) {
        try {
            attempt.run();
            return "";
        } catch (KubernetesClientException refused) {
            return refused.getMessage();
        }
    }

    /** A refusal in the words of a policy: none that only came of an expression that could not be evaluated. */
    static void assertRefused(String refusal, String words) {
        assertThat(refusal).contains("ValidatingAdmissionPolicy", words).doesNotContain("resulted in error");
    }

    static PatchContext merging(String fieldManager) {
        return how(PatchType.JSON_MERGE, fieldManager);
    }

    static PatchContext applying(String fieldManager) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(fieldManager)
                .withForce(true)
                .build();
    }

    private static PatchContext how(PatchType type, String fieldManager) {
        return new PatchContext.Builder()
                .withPatchType(type)
                .withFieldManager(fieldManager)
                .build();
    }

    @Override
    public void close() {
        thief.close();
        granted.forEach(object -> bed.client().resource(object).delete());
    }
}

package io.jenkins.plugins.chaosgate.mesh.live;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Argo's kind of object on a bed without its controller, and a canary of it; gone again when closed. */
final class Rollouts implements AutoCloseable {

    private static final ResourceDefinitionContext KIND = Mesh.kind("argoproj.io", "v1alpha1", "Rollout", "rollouts");

    private static final String DEFINITION =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: rollouts.argoproj.io}
            spec:
              group: argoproj.io
              scope: Namespaced
              names: {kind: Rollout, listKind: RolloutList, plural: rollouts, singular: rollout}
              versions:
              - name: v1alpha1
                served: true
                storage: true
                subresources: {status: {}}
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private static final String ROLLOUT =
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: shop, namespace: bookinfo}
            spec: {replicas: 1}
            """;

    private static final String REPLICA_SET =
            """
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata:
              name: shop-new
              namespace: bookinfo
              ownerReferences: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: shop, uid: OWNER, controller: true}]
            spec:
              replicas: 1
              selector: {matchLabels: {app: shop, version: v2}}
              template:
                metadata: {labels: {app: shop, version: v2}}
                spec: {containers: [{name: shop, image: "shop:2"}]}
            """;

    private static final String POD =
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: shop-new-1
              namespace: bookinfo
              labels: {app: shop, version: v2, rollouts-pod-template-hash: new}
              ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: shop-new, uid: OWNER, controller: true}]
            spec: {serviceAccountName: bookinfo-reviews, containers: [{name: shop, image: "shop:2"}]}
            """;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final FullBed bed;
    private final Deque<HasMetadata> made = new ArrayDeque<>();

    private Rollouts(FullBed bed) {
        this.bed = bed;
    }

    /** Makes the kind known. */
    static Rollouts define(FullBed bed) throws Exception {
        Rollouts rollouts = new Rollouts(bed);
        rollouts.create(DEFINITION, "");
        Mesh.await("Rollouts to be served", () -> {
            APIResourceList served = bed.client().getApiResources("argoproj.io/v1alpha1");
            return served != null
                    && served.getResources().stream()
                            .anyMatch(resource -> resource.getKind().equals("Rollout"));
        });
        return rollouts;
    }

    /** Makes the Rollout shop, with an update under way and a pod of it: app=shop,version=v2. */
    void withUpdate() {
        HasMetadata rollout = create(ROLLOUT, "");
        setStatus("currentPodHash", "new");
        setStatus("stableRS", "old");
        HasMetadata replicaSet = create(REPLICA_SET, rollout.getMetadata().getUid());
        create(POD, replicaSet.getMetadata().getUid());
    }

    /** A value of the Rollout's status, as its controller would write it. */
    void setStatus(String field, String value) {
        bed.client()
                .genericKubernetesResources(KIND)
                .inNamespace(Mesh.NAMESPACE)
                .withName("shop")
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {\"" + field + "\": \"" + value + "\"}}");
    }

    /** The Rollout as the cluster has it. */
    GenericKubernetesResource get() {
        return bed.client()
                .genericKubernetesResources(KIND)
                .inNamespace(Mesh.NAMESPACE)
                .withName("shop")
                .get();
    }

    private HasMetadata create(String yaml, String owner) {
        HasMetadata object = bed.client().resource(yaml.replace("OWNER", owner)).create();
        made.push(object);
        return object;
    }

    @Override
    public void close() {
        for (HasMetadata object : made) {
            bed.client().resource(object).withTimeoutInMillis(LIMIT.toMillis()).delete();
        }
    }
}

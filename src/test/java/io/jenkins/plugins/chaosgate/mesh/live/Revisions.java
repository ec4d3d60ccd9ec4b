package io.jenkins.plugins.chaosgate.mesh.live;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.util.HashMap;
import java.util.Map;

/**
 * The revisions 1 and 2 of a Deployment of the bed. No controller of Deployments runs there, so this writes what it would
 * write; the Deployment is as before when closed.
 */
final class Revisions implements AutoCloseable {

    /** The image of revision 1. */
    static final String BEFORE = "bookinfo/reviews:before";

    private static final String REVISION = "deployment.kubernetes.io/revision";

    private final FullBed bed;
    private final Deployment was;
    private ReplicaSet current;
    private ReplicaSet before;

    private Revisions(FullBed bed, String name) {
        this.bed = bed;
        this.was = deployment(bed, name);
    }

    static Revisions give(FullBed bed, String name) {
        Revisions revisions = new Revisions(bed, name);
        revisions.make();
        return revisions;
    }

    private void make() {
        bed.client().resource(was).edit(found -> {
            found.getMetadata().setAnnotations(Map.of(REVISION, "2"));
            return found;
        });
        current = bed.client().apps().replicaSets().inNamespace(Mesh.NAMESPACE).list().getItems().stream()
                .filter(set -> set.getMetadata().getOwnerReferences().stream().anyMatch(owner -> owner.getUid()
                        .equals(was.getMetadata().getUid())))
                .findFirst()
                .orElseThrow();
        bed.client().resource(current).edit(found -> {
            found.getMetadata().setAnnotations(Map.of(REVISION, "2"));
            return found;
        });
        Map<String, String> labels =
                new HashMap<>(current.getSpec().getSelector().getMatchLabels());
        labels.put("pod-template-hash", "before");
        before = new ReplicaSetBuilder()
                .withNewMetadata()
                .withName(was.getMetadata().getName() + "-before")
                .withNamespace(Mesh.NAMESPACE)
                .withAnnotations(Map.of(REVISION, "1"))
                .withOwnerReferences(current.getMetadata().getOwnerReferences())
                .endMetadata()
                .withSpec(new ReplicaSetBuilder(current).build().getSpec())
                .build();
        before.getSpec().setReplicas(0);
        before.getSpec().getSelector().setMatchLabels(labels);
        before.getSpec().getTemplate().getMetadata().setLabels(labels);
        before.getSpec().getTemplate().getSpec().getContainers().get(0).setImage(BEFORE);
        bed.client().resource(before).create();
    }

    /** As the cluster has it. */
    Deployment deployment() {
        return deployment(bed, was.getMetadata().getName());
    }

    private static Deployment deployment(FullBed bed, String name) {
        return bed.client()
                .apps()
                .deployments()
                .inNamespace(Mesh.NAMESPACE)
                .withName(name)
                .get();
    }

    /** The image of its pods. */
    String image() {
        return deployment()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    /** Says in its status that all its pods are as they are to be. */
    void follow() {
        bed.client().resource(deployment()).editStatus(found -> {
            int replicas = found.getSpec().getReplicas();
            found.getStatus().setObservedGeneration(found.getMetadata().getGeneration());
            found.getStatus().setReplicas(replicas);
            found.getStatus().setReadyReplicas(replicas);
            found.getStatus().setAvailableReplicas(replicas);
            found.getStatus().setUpdatedReplicas(replicas);
            return found;
        });
    }

    @Override
    public void close() {
        bed.client().resource(before).delete();
        bed.client()
                .apps()
                .replicaSets()
                .inNamespace(Mesh.NAMESPACE)
                .withName(name(current))
                .edit(found -> {
                    found.getMetadata().setAnnotations(current.getMetadata().getAnnotations());
                    return found;
                });
        bed.client()
                .apps()
                .deployments()
                .inNamespace(Mesh.NAMESPACE)
                .withName(name(was))
                .edit(found -> {
                    found.getMetadata().setAnnotations(was.getMetadata().getAnnotations());
                    found.setSpec(was.getSpec());
                    return found;
                });
        follow();
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}

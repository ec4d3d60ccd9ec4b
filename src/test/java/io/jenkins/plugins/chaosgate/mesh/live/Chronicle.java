package io.jenkins.plugins.chaosgate.mesh.live;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Writes down when each object of gates came and went, as the cluster's watches tell it. An object of gates is one with their
 * label; one that loses the label counts as gone, so whoever compares the rest of the cluster has to look for that.
 */
final class Chronicle implements AutoCloseable {

    private static final String EXPERIMENT = "chaos-gate.jenkins.io/experiment";

    /**
     * One object, from its first sight to its end.
     *
     * @param experiment the name of the experiment that it was made for
     * @param went empty while it is there
     */
    record Life(String kind, String name, String experiment, Instant came, Optional<Instant> went) {

        boolean isFault() {
            return kind.equals("EnvoyFilter");
        }

        /** How long it outlived a moment; not positive where it was gone by then. */
        Duration beyond(Instant moment) {
            return Duration.between(moment, went.orElseThrow(() -> new AssertionError(this + " is still there")));
        }
    }

    private final Map<String, Life> lives = new ConcurrentHashMap<>();
    private final List<Watch> watches;
    private volatile Exception broken;

    Chronicle(KubernetesClient client) {
        watches = Stream.of(Mesh.ENVOY_FILTER, Mesh.JOB, Mesh.LEASE, Mesh.VIRTUAL_SERVICE)
                .map(kind -> watch(client, kind))
                .toList();
    }

    private Watch watch(KubernetesClient client, ResourceDefinitionContext kind) {
        return client.genericKubernetesResources(kind)
                .inAnyNamespace()
                .withLabels(Map.of("app.kubernetes.io/managed-by", "chaos-gate"))
                .watch(new Watcher<GenericKubernetesResource>() {
                    @Override
                    public void eventReceived(Action action, GenericKubernetesResource object) {
                        note(action, object);
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        broken = cause;
                    }
                });
    }

    private void note(Watcher.Action action, GenericKubernetesResource object) {
        Instant now = Instant.now();
        String uid = object.getMetadata().getUid();
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        lives.putIfAbsent(
                uid,
                new Life(
                        object.getKind(),
                        object.getMetadata().getName(),
                        annotations.getOrDefault(EXPERIMENT, ""),
                        now,
                        Optional.empty()));
        if (action == Watcher.Action.DELETED) {
            lives.computeIfPresent(
                    uid,
                    (same, life) ->
                            new Life(life.kind(), life.name(), life.experiment(), life.came(), Optional.of(now)));
        }
    }

    /** All that was ever there for an experiment of that name. */
    List<Life> of(String experiment) {
        return all().stream()
                .filter(life -> life.experiment().equals(experiment))
                .toList();
    }

    /** Whether an object of that name is there, whatever was known of it before. */
    boolean isThere(Life known) {
        return all().stream()
                .anyMatch(life -> life.kind().equals(known.kind())
                        && life.name().equals(known.name())
                        && life.went().isEmpty());
    }

    List<Life> all() {
        if (broken != null) {
            throw new AssertionError("the cluster ended a watch, so nobody knows what came and went", broken);
        }
        return List.copyOf(lives.values());
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}

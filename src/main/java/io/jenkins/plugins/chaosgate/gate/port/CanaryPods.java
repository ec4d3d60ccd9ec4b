package io.jenkins.plugins.chaosgate.gate.port;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The canary's pods as the cluster showed them at one moment. All text is untrusted.
 *
 * @param pods all that the canary's labels select, also those that end or have ended; by name
 * @param entries the WorkloadEntries that are members of the canary without a pod; by name. Nothing is known of them but that
 *     they are there
 */
public record CanaryPods(List<Pod> pods, List<ObjectRef> entries) {

    /** Nothing is known of any pod, and nothing is looked for. */
    public static final CanaryPods NONE = new CanaryPods(List.of(), List.of());

    public CanaryPods {
        pods = List.copyOf(pods);
        entries = List.copyOf(entries);
    }

    /** Whether there is nothing that could be looked at again. */
    public boolean isEmpty() {
        return pods.isEmpty() && entries.isEmpty();
    }

    /** The pods that neither end nor have ended. */
    public List<Pod> live() {
        return pods.stream().filter(Pod::isLive).toList();
    }

    /** The pod that is the same object; empty where it is gone. */
    public Optional<Pod> find(String uid) {
        return pods.stream().filter(pod -> pod.uid().equals(uid)).findFirst();
    }

    /**
     * One pod.
     *
     * @param template the hash of the template that it was made of; empty where no label tells
     * @param readySince when its condition Ready last changed, to the second; empty where the cluster does not say
     * @param phase {@code Running}, {@code Failed}; empty where the cluster does not say
     * @param reason why it is in that phase: {@code Evicted}; empty where the cluster does not say
     * @param message the same in the kubelet's words; empty where the cluster does not say
     * @param disruption why the cluster takes it away, by its condition DisruptionTarget: {@code EvictionByEvictionAPI}; empty
     *     where that does not hold
     * @param deletedAt its deletionTimestamp; empty where nobody deleted it
     */
    public record Pod(
            String name,
            String uid,
            String template,
            List<Container> containers,
            boolean ready,
            Optional<Instant> readySince,
            String phase,
            String reason,
            String message,
            String disruption,
            Optional<Instant> deletedAt) {

        public Pod {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(uid, "uid");
            Objects.requireNonNull(template, "template");
            containers = List.copyOf(containers);
            Objects.requireNonNull(readySince, "readySince");
            Objects.requireNonNull(phase, "phase");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(disruption, "disruption");
            Objects.requireNonNull(deletedAt, "deletedAt");
        }

        /** Whether it neither ends nor has ended. */
        public boolean isLive() {
            return deletedAt.isEmpty() && !phase.equals("Failed") && !phase.equals("Succeeded");
        }

        /** The containers of the application: neither the mesh's proxy nor those that only prepare or help. */
        public List<Container> app() {
            return containers.stream()
                    .filter(container -> container.role() == Role.APP)
                    .toList();
        }
    }

    /** What a container is for. */
    public enum Role {
        /** The application, or a part of it. */
        APP,
        /** The mesh's proxy. */
        PROXY,
        /** An init container that goes on running beside the application. */
        SIDECAR,
        /** An init container that ends before the application begins. */
        INIT
    }

    /**
     * One container of a pod.
     *
     * @param image as the pod asks for it
     * @param imageId the image that really runs, with its digest; empty where the cluster does not say
     * @param ends how often it ended: its restarts, and one more where it ended and does not run now
     * @param lastEnd how it last ended; empty where it never did, or the cluster does not say
     */
    public record Container(String name, Role role, String image, String imageId, int ends, Optional<End> lastEnd) {

        public Container {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(image, "image");
            Objects.requireNonNull(imageId, "imageId");
            Objects.requireNonNull(lastEnd, "lastEnd");
        }

        /** The digest of the image that really runs: {@code sha256:…}; empty where the cluster does not say. */
        public String digest() {
            int at = imageId.lastIndexOf('@');
            return at < 0 ? imageId : imageId.substring(at + 1);
        }
    }

    /**
     * How a container ended.
     *
     * @param reason {@code OOMKilled}, {@code Error}; empty where the cluster does not say
     * @param at empty where the cluster does not say
     */
    public record End(String reason, int exitCode, Optional<Instant> at) {

        public End {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(at, "at");
        }
    }
}

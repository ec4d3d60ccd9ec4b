package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Container;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.End;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Role;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Pods of reviews v2 as a cluster might show them. */
public final class Pods {

    public static final Instant LONG_AGO = Instant.parse("2025-12-31T12:00:00Z");
    public static final ObjectRef ENTRY =
            new ObjectRef("networking.istio.io/v1", "WorkloadEntry", "bookinfo", "reviews-vm");

    private static final String IMAGE = "docker.io/bookinfo/reviews:v2";

    private Pods() {}

    /** All of them, without WorkloadEntries. */
    public static CanaryPods of(Pod... pods) {
        return new CanaryPods(List.of(pods), List.of());
    }

    /** One that is ready and never ended. */
    public static Pod ready(String name) {
        return new Pod(
                name,
                "uid-" + name,
                "7d4b",
                List.of(
                        new Container("reviews", Role.APP, IMAGE, "bookinfo/reviews@sha256:aaaa", 0, Optional.empty()),
                        new Container("istio-proxy", Role.PROXY, "istio/proxyv2:1.31.0", "", 0, Optional.empty())),
                true,
                Optional.of(LONG_AGO),
                "Running",
                "",
                "",
                "",
                Optional.empty());
    }

    /** The same with a container that ended once more often. */
    public static Pod ended(Pod pod, String container, String reason, int exitCode, Instant at) {
        List<Container> containers = new ArrayList<>();
        for (Container one : pod.containers()) {
            containers.add(
                    one.name().equals(container)
                            ? new Container(
                                    one.name(),
                                    one.role(),
                                    one.image(),
                                    one.imageId(),
                                    one.ends() + 1,
                                    Optional.of(new End(reason, exitCode, Optional.of(at))))
                            : one);
        }
        return with(pod, pod.template(), containers);
    }

    /** The same, ready or not since then. */
    public static Pod ready(Pod pod, boolean ready, Instant since) {
        return new Pod(
                pod.name(),
                pod.uid(),
                pod.template(),
                pod.containers(),
                ready,
                Optional.of(since),
                pod.phase(),
                pod.reason(),
                pod.message(),
                pod.disruption(),
                pod.deletedAt());
    }

    /** The same, over. */
    public static Pod over(Pod pod, String phase, String reason, String message, String disruption) {
        return new Pod(
                pod.name(),
                pod.uid(),
                pod.template(),
                pod.containers(),
                false,
                pod.readySince(),
                phase,
                reason,
                message,
                disruption,
                pod.deletedAt());
    }

    /** The same while somebody deletes it, its containers already stopped. */
    public static Pod deleted(Pod pod, Instant at, String disruption) {
        Pod stopped = ended(ended(pod, "reviews", "Error", 143, at), "istio-proxy", "Completed", 0, at);
        return new Pod(
                stopped.name(),
                stopped.uid(),
                stopped.template(),
                stopped.containers(),
                false,
                Optional.of(at),
                stopped.phase(),
                "",
                "",
                disruption,
                Optional.of(at));
    }

    /** The same of another template. */
    public static Pod ofTemplate(Pod pod, String template) {
        return with(pod, template, pod.containers());
    }

    /** The same with another image of the application. */
    public static Pod withImage(Pod pod, String image, String imageId) {
        return with(
                pod,
                pod.template(),
                Stream.concat(
                                Stream.of(new Container("reviews", Role.APP, image, imageId, 0, Optional.empty())),
                                pod.containers().stream().filter(one -> one.role() != Role.APP))
                        .toList());
    }

    private static Pod with(Pod pod, String template, List<Container> containers) {
        return new Pod(
                pod.name(),
                pod.uid(),
                template,
                containers,
                pod.ready(),
                pod.readySince(),
                pod.phase(),
                pod.reason(),
                pod.message(),
                pod.disruption(),
                pod.deletedAt());
    }
}

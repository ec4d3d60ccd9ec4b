package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Container;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What became of the canary's pods from one look to the next. Pure functions.
 *
 * @param judged the pods that were to be judged
 * @param last the look before
 */
record PodChanges(CanaryPods judged, CanaryPods last, CanaryPods now) {

    /** A container that ended since the last look, once or more often. */
    record Ended(Pod pod, Container container, int times) {}

    /** A pod that carries something else than it did, or than the pods did that were to be judged. */
    record Replaced(Pod before, Pod after) {}

    /**
     * How many pods were ready when fewest were.
     *
     * @param out those that were not, then
     * @param at when one of them was ready again; empty where they are not ready now
     */
    record Readiness(int ready, int all, List<Pod> out, Optional<Instant> at) {

        /** 0 to 1; 1 where there is no pod. */
        double share() {
            return all == 0 ? 1 : (double) ready / all;
        }
    }

    /**
     * Containers that ended of pods that carry the same as before and were not taken away; those of a new pod have ended as
     * often as it says.
     */
    List<Ended> ended() {
        List<Pod> replaced = replaced().stream().map(Replaced::after).toList();
        return now.pods().stream()
                .filter(pod -> pod.isLive() || PodEnds.isItsOwn(pod))
                .filter(pod -> !replaced.contains(pod))
                .flatMap(pod -> pod.containers().stream()
                        .map(container -> new Ended(pod, container, container.ends() - endsBefore(pod, container))))
                .filter(ended -> ended.times() > 0)
                .toList();
    }

    private int endsBefore(Pod pod, Container container) {
        return last.find(pod.uid()).stream()
                .flatMap(before -> before.containers().stream())
                .filter(before -> before.name().equals(container.name()))
                .mapToInt(Container::ends)
                .findFirst()
                .orElse(0);
    }

    /** Pods that failed by themselves since the last look. */
    List<Pod> failed() {
        return now.pods().stream()
                .filter(PodEnds::isItsOwn)
                .filter(pod -> last.find(pod.uid()).map(Pod::isLive).orElse(true))
                .toList();
    }

    /** Pods that are gone, or are over and did not fail by themselves, or are being deleted, since the last look. */
    List<Pod> gone() {
        return Stream.concat(
                        last.live().stream().filter(pod -> now.find(pod.uid()).isEmpty()),
                        now.pods().stream()
                                .filter(pod -> !pod.isLive() && !PodEnds.isItsOwn(pod))
                                .filter(pod ->
                                        last.find(pod.uid()).map(Pod::isLive).orElse(false)))
                .toList();
    }

    /** WorkloadEntries that are gone since the last look. */
    List<ObjectRef> entriesGone() {
        return last.entries().stream()
                .filter(entry -> !now.entries().contains(entry))
                .toList();
    }

    /** Live pods that carry another image or come from another template than those that were to be judged. */
    List<Replaced> replaced() {
        List<Replaced> replaced = new ArrayList<>();
        for (Pod pod : now.live()) {
            Optional<Pod> itself = judged.find(pod.uid());
            if (itself.isPresent()) {
                itself.filter(before -> !isSame(before, pod))
                        .ifPresent(before -> replaced.add(new Replaced(before, pod)));
            } else if (!judged.live().isEmpty() && judged.live().stream().noneMatch(before -> isSame(before, pod))) {
                replaced.add(new Replaced(judged.live().get(0), pod));
            }
        }
        return replaced;
    }

    /** As far as both tell: an image that does not run yet has no digest. */
    private static boolean isSame(Pod one, Pod other) {
        return one.template().equals(other.template())
                && one.app().size() == other.app().size()
                && one.app().stream()
                        .allMatch(container -> other.app().stream().anyMatch(also -> isSame(container, also)));
    }

    private static boolean isSame(Container one, Container other) {
        boolean hasOneDigest = one.digest().equals(other.digest())
                || one.imageId().isEmpty()
                || other.imageId().isEmpty();
        return one.name().equals(other.name()) && one.image().equals(other.image()) && hasOneDigest;
    }

    /**
     * How many were ready when fewest were. A pod that left and came back between two looks shows it by the time of its
     * condition: just before that it was not ready.
     *
     * @param counted the uids of the pods that count
     */
    Readiness readiness(Set<String> counted) {
        List<Pod> all =
                now.live().stream().filter(pod -> counted.contains(pod.uid())).toList();
        List<Pod> out = all.stream().filter(pod -> !pod.ready()).toList();
        Readiness least = new Readiness(all.size() - out.size(), all.size(), out, Optional.empty());
        for (Pod back : all.stream().filter(this::wasAway).toList()) {
            Instant at = back.readySince().orElseThrow();
            List<Pod> then = Stream.concat(Stream.of(back), out.stream().filter(pod -> isOutSince(pod, at)))
                    .toList();
            if (then.size() > all.size() - least.ready()) {
                least = new Readiness(all.size() - then.size(), all.size(), then, Optional.of(at));
            }
        }
        return least;
    }

    private boolean wasAway(Pod pod) {
        return pod.ready()
                && pod.readySince().isPresent()
                && last.find(pod.uid())
                        .filter(Pod::ready)
                        .flatMap(Pod::readySince)
                        .map(before -> !before.equals(pod.readySince().get()))
                        .orElse(false);
    }

    private static boolean isOutSince(Pod pod, Instant at) {
        return pod.readySince().map(since -> since.isBefore(at)).orElse(false);
    }
}

package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.PodLimits;
import io.jenkins.plugins.chaosgate.experiment.Unit;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Container;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods.Pod;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of the canary's pods, in words and numbers. Pure functions. */
public final class PodWords {

    private static final int MOST = 3;

    private PodWords() {}

    /** {@code restarts at most 0, ready at least 100 %}. */
    public static String limits(PodLimits limits) {
        return "restarts at most " + limits.maxRestarts() + ", ready at least "
                + Unit.FRACTION.format(limits.minReady());
    }

    /** {@code restarts 0, ready 100 %}: what they showed so far; entries only where there is no pod. */
    public static String standing(PodState state) {
        return state.before().pods().isEmpty()
                ? entries(state.last()) + ", still there"
                : "restarts " + state.ends() + ", ready " + Unit.FRACTION.format(state.leastReady()) + " at least";
    }

    /** {@code image docker.io/bookinfo/reviews:v2, template hash 7d4b}: what pods carry, each kind once. */
    public static String carried(List<Pod> pods) {
        return pods.stream().map(PodWords::carried).distinct().collect(Collectors.joining("; "));
    }

    private static String carried(Pod pod) {
        String images = pod.app().stream().map(PodWords::image).distinct().collect(Collectors.joining(", "));
        return (images.isEmpty() ? "no image known" : (pod.app().size() == 1 ? "image " : "images ") + images)
                + (pod.template().isEmpty() ? "" : ", template hash " + pod.template());
    }

    private static String image(Container container) {
        boolean isSaid = container.digest().isEmpty() || container.image().contains(container.digest());
        return container.image() + (isSaid ? "" : " (" + container.digest() + ")");
    }

    /** {@code reviews-v2-abc restarted (reviews: OOMKilled, exit code 137) at …, limit 0 restarts}. */
    static Optional<String> ended(List<PodChanges.Ended> ended, int inAll, PodLimits limits) {
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        int now = ended.stream().mapToInt(PodChanges.Ended::times).sum();
        return Optional.of(list(ended.stream().map(PodWords::ended)) + (inAll > now ? ", " + inAll + " in all" : "")
                + ", limit " + limits.maxRestarts() + (limits.maxRestarts() == 1 ? " restart" : " restarts"));
    }

    /** {@code reviews-v2-abc restarted (reviews: OOMKilled, exit code 137) at …}. */
    static String ended(PodChanges.Ended ended) {
        Optional<Instant> at = ended.container().lastEnd().flatMap(end -> end.at());
        return ended.pod().name() + " restarted"
                + (ended.times() == 1 ? "" : " " + ended.times() + " times")
                + " (" + ended.container().name()
                + ended.container()
                        .lastEnd()
                        .map(end -> ": " + PodEnds.words(end))
                        .orElse("") + ")"
                + at.map(time -> " at " + time).orElse("");
    }

    static Optional<String> failed(List<Pod> failed) {
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of(list(failed.stream().map(PodEnds::words)));
    }

    /** {@code 1 of 2 ready, not reviews-v2-abc since …, limit at least 100 %}. */
    static String unready(PodChanges.Readiness readiness, PodLimits limits) {
        String who = list(readiness.out().stream()
                .map(pod -> pod.name()
                        + (readiness.at().isPresent()
                                ? ""
                                : pod.readySince()
                                        .map(since -> " since " + since)
                                        .orElse(""))));
        return readiness.ready() + " of " + readiness.all() + " ready, not " + who
                + readiness.at().map(at -> " until " + at).orElse("") + ", limit at least "
                + Unit.FRACTION.format(limits.minReady());
    }

    /** That these are other pods than were to be judged; empty where they are the same. */
    static Optional<String> changed(PodChanges changes) {
        List<PodChanges.Replaced> replaced = changes.replaced();
        if (!replaced.isEmpty()) {
            PodChanges.Replaced first = replaced.get(0);
            return Optional.of("the canary was replaced while it was watched: "
                    + first.before().name() + " with " + carried(first.before()) + " became "
                    + first.after().name() + " with " + carried(first.after()));
        }
        List<Pod> gone = changes.gone();
        List<ObjectRef> entries = changes.entriesGone();
        return gone.isEmpty() && entries.isEmpty()
                ? Optional.empty()
                : Optional.of(list(Stream.concat(
                        gone.stream().map(PodEnds::words), entries.stream().map(entry -> entry + " is gone"))));
    }

    /** {@code 2 WorkloadEntries}. */
    static String entries(CanaryPods pods) {
        return pods.entries().size() == 1 ? "1 WorkloadEntry" : pods.entries().size() + " WorkloadEntries";
    }

    private static String list(Stream<String> words) {
        List<String> all = words.toList();
        return all.stream().limit(MOST).collect(Collectors.joining(", "))
                + (all.size() > MOST ? " and " + (all.size() - MOST) + " more" : "");
    }
}

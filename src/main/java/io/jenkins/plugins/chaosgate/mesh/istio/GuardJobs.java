package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Keeps the guards that this process made or took over. Times are differences of a clock of this machine that only goes
 * forward, counted from when a guard was seen to be complete; how old a guard was that is taken over, the cluster's own
 * clock tells. No clock of the cluster is compared with one of ours.
 */
final class GuardJobs {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    /** Two times of the cluster, each cut to whole seconds, are up to one further apart than they seem. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final OwnObjects objects;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Function<Duration, Executor> later;
    private final Map<ObjectRef, Long> completeSince = new ConcurrentHashMap<>();

    /**
     * @param objects makes and deletes the Jobs
     * @param executor where calls to the cluster block
     * @param nanoTime {@link System#nanoTime}
     * @param later the same executor, but what it is given begins only after that long
     */
    GuardJobs(
            Cluster cluster,
            OwnObjects objects,
            Executor executor,
            LongSupplier nanoTime,
            Function<Duration, Executor> later) {
        this.cluster = cluster;
        this.objects = objects;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.later = later;
    }

    static boolean isGuard(Change change) {
        return change.object().kind().equals(ResourceType.JOB.kind());
    }

    /** Done when the Job that was just made is complete: only then does its time to live run. */
    CompletableFuture<Void> awaitComplete(Change guard) {
        return poll(guard, nanoTime.getAsLong(), executor);
    }

    private CompletableFuture<Void> poll(Change guard, long beginning, Executor when) {
        return CompletableFuture.supplyAsync(() -> isComplete(guard), when).thenCompose(complete -> {
            long now = nanoTime.getAsLong();
            if (complete) {
                completeSince.put(guard.object(), now);
                return CompletableFuture.completedFuture(null);
            }
            if (now - beginning >= LONGEST_WAIT.toNanos()) {
                return CompletableFuture.failedFuture(ClusterException.unexpected(guard.object()
                        + " was made but not complete within " + LONGEST_WAIT.toSeconds()
                        + " s, so nothing would take the fault out in time: does the cluster's"
                        + " kube-controller-manager run? Without it, only guard: none is possible"));
            }
            return poll(guard, beginning, later.apply(POLL));
        });
    }

    private boolean isComplete(Change guard) {
        ObjectNode job = get(guard)
                .orElseThrow(() -> ClusterException.unexpected(
                        guard.object() + " was made, but is gone again: find out who deletes it"));
        return !job.path("status").path("completionTime").asText().isEmpty();
    }

    /** Lets the guard stay for one more lease from now; false where it is gone. Blocks while the cluster is asked. */
    boolean prolong(Change guard) {
        if (!completeSince.containsKey(guard.object()) && !takeOver(guard)) {
            return false;
        }
        long since = completeSince.get(guard.object());
        Optional<String> uid = objects.uidOf(guard.object());
        if (uid.isEmpty()) {
            throw new IllegalStateException(guard.object() + " was taken out by this process");
        }
        long timeToLive = GuardWriter.timeToLive(guard, Duration.ofNanos(nanoTime.getAsLong() - since));
        try {
            ObjectNode job = cluster.patch(
                    ResourceType.JOB,
                    guard.object().namespace(),
                    guard.object().name(),
                    patch(uid.get(), timeToLive),
                    false);
            return !job.path("metadata").has("deletionTimestamp") && isTaken(guard, job, timeToLive);
        } catch (ClusterException failure) {
            // The one answer is for a uid that is not there any more, and for much else.
            boolean gone = failure.status() == NOT_FOUND
                    || failure.status() == UNPROCESSABLE
                            && get(guard)
                                    .map(Json::uid)
                                    .filter(uid.get()::equals)
                                    .isEmpty();
            if (gone) {
                return false;
            }
            throw failure;
        }
    }

    /** A guard that another process made; false where it is gone. */
    private boolean takeOver(Change guard) {
        Optional<ObjectNode> job = objects.takeOver(guard);
        job.ifPresent(found -> completeSince.put(
                guard.object(), nanoTime.getAsLong() - age(guard, found).toNanos()));
        return job.isPresent();
    }

    /**
     * How long ago a Job was made, which is a moment before it was complete: at most a second more than that. An object that
     * is only tried carries the time at which the cluster tried it.
     */
    private Duration age(Change guard, ObjectNode job) {
        ObjectNode tried = Json.parse(guard.body());
        ((ObjectNode) tried.path("metadata")).put("name", guard.object().name() + "-now");
        Instant now = created(cluster.create(ResourceType.JOB, tried, true));
        Duration age = Duration.between(created(job), now).plus(ROUNDING);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static Instant created(ObjectNode job) {
        String time = job.path("metadata").path("creationTimestamp").asText();
        try {
            return Instant.parse(time);
        } catch (DateTimeParseException e) {
            throw ClusterException.unexpected("expected the time at which Job " + Json.namespace(job) + "/"
                    + Json.name(job) + " was made, found '" + time + "'");
        }
    }

    private static ArrayNode patch(String uid, long timeToLive) {
        ArrayNode patch = Json.object().putArray("patch");
        patch.addObject().put("op", "test").put("path", "/metadata/uid").put("value", uid);
        patch.addObject()
                .put("op", "add")
                .put("path", "/spec/ttlSecondsAfterFinished")
                .put("value", timeToLive);
        return patch;
    }

    private static boolean isTaken(Change guard, ObjectNode job, long timeToLive) {
        long taken = job.path("spec").path("ttlSecondsAfterFinished").asLong();
        if (taken != timeToLive) {
            throw ClusterException.unexpected(guard.object() + " was to live for " + timeToLive
                    + " s, but the cluster made that " + taken + " s: find out which webhook changes it");
        }
        return true;
    }

    private Optional<ObjectNode> get(Change guard) {
        return cluster.get(
                ResourceType.JOB, guard.object().namespace(), guard.object().name());
    }
}

package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.TargetLock;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Locks of targets as Leases (coordination.k8s.io). Gates on the same labels want the same object, which the API gives to one of
 * them. Gates on other labels that may mean the same pods make an object each and then list all: whoever sees another one
 * steps back, and of two at least one sees the other, since each lists after it made its own.
 *
 * <p>A Lease goes with the guard that owns it. One without a guard is stale once it did not change for its whole duration on
 * this machine's own clock, as client-go's leader election tells it: no clock of another machine is relied on.
 */
final class LeaseLock implements TargetLock {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int LONGEST_WORDS = 300;

    private final Cluster cluster;
    private final OwnObjects objects;
    private final ExtraMetadata extra;
    private final Landings landings;
    private final Executor executor;
    private final InstantSource clock;
    private final Sightings sightings;

    /**
     * @param objects makes and deletes the Leases, and knows the guards
     * @param extra what Leases carry beside our own labels
     * @param landings which Leases may still come in
     * @param executor where calls to the cluster block
     * @param nanoTime {@link System#nanoTime}
     * @param clock what people read from a Lease; decides nothing but how soon a gate that does not wait gives up
     */
    LeaseLock(
            Cluster cluster,
            OwnObjects objects,
            ExtraMetadata extra,
            Landings landings,
            Executor executor,
            LongSupplier nanoTime,
            InstantSource clock) {
        this.cluster = cluster;
        this.objects = objects;
        this.extra = extra;
        this.landings = landings;
        this.executor = executor;
        this.clock = clock;
        this.sightings = new Sightings(nanoTime, clock);
    }

    static boolean isLock(Change change) {
        return change.object().kind().equals(ResourceType.LEASE.kind());
    }

    @Override
    public Optional<Change> write(Experiment experiment, GateTicket ticket, Optional<Change> guard, Instant now) {
        return Optional.of(extra.on(LeaseWriter.write(experiment, ticket, guard, now)));
    }

    @Override
    public CompletionStage<Optional<Holder>> take(Change lock) {
        return landings.ask(lock.object(), () -> takeNow(lock), executor);
    }

    @Override
    public CompletionStage<Boolean> renew(Change lock) {
        return CompletableFuture.supplyAsync(() -> renewNow(lock), executor);
    }

    private Optional<Holder> takeNow(Change lock) {
        Optional<Holder> before = other(lock);
        if (before.isPresent()) {
            return before;
        }
        if (!isHeldStill(lock) && !isMade(lock)) {
            // Between the list and this call somebody was quicker.
            return Optional.of(other(lock).orElse(new Holder("another gate that just came or went", Duration.ZERO)));
        }
        Optional<Holder> after = other(lock);
        if (after.isPresent()) {
            objects.rollback(lock);
        }
        return after;
    }

    /** Whether an earlier process of this gate holds it; then it is renewed, so that nobody takes it for stale. */
    private boolean isHeldStill(Change lock) {
        return objects.takeOver(lock).isPresent() && renewNow(lock);
    }

    /** False where another gate has one of that name. */
    private boolean isMade(Change lock) {
        try {
            objects.inject(lock);
            return true;
        } catch (ClusterException failure) {
            if (failure.status() == CONFLICT) {
                return false;
            }
            throw failure;
        }
    }

    /** The holder of another lock that may be about the same pods; removes such locks that are stale. */
    private Optional<Holder> other(Change lock) {
        Map<String, String> canary = LeaseWriter.canary(Json.parse(lock.body()));
        String namespace = lock.object().namespace();
        List<ObjectNode> leases = cluster.list(ResourceType.LEASE, namespace, Marks.OURS);
        sightings.forgetAllBut(leases, namespace);
        for (ObjectNode lease : leases) {
            boolean isOwn =
                    Marks.gateOfObject(lease).filter(lock.gate()::equals).isPresent();
            if (!isOwn && LeaseWriter.mayMeet(canary, lease)) {
                Duration doubt = sightings.doubt(lease);
                if (!doubt.isNegative() || !isRemoved(lease)) {
                    return Optional.of(new Holder(words(lease), doubt.isNegative() ? Duration.ZERO : doubt));
                }
            }
        }
        return Optional.empty();
    }

    /** False where the holder of a lock that seemed stale was heard of after all. */
    private boolean isRemoved(ObjectNode lease) {
        try {
            cluster.deleteUnchanged(ResourceType.LEASE, lease);
            return true;
        } catch (ClusterException failure) {
            if (failure.status() == CONFLICT) {
                return false;
            }
            throw failure;
        }
    }

    private boolean renewNow(Change lock) {
        if (objects.uidOf(lock.object()).isEmpty() && objects.takeOver(lock).isEmpty()) {
            return false;
        }
        String uid = objects.uidOf(lock.object()).orElseThrow();
        try {
            ObjectNode lease = cluster.patch(
                    ResourceType.LEASE, lock.object().namespace(), lock.object().name(), patch(uid), false);
            return !lease.path("metadata").has("deletionTimestamp")
                    && holder(lease).equals(holder(lock));
        } catch (ClusterException failure) {
            // The one answer is for a uid that is not there any more, and for much else.
            boolean gone = failure.status() == NOT_FOUND || failure.status() == UNPROCESSABLE && !stands(lock, uid);
            if (gone) {
                return false;
            }
            throw failure;
        }
    }

    private boolean stands(Change lock, String uid) {
        return cluster.get(
                        ResourceType.LEASE,
                        lock.object().namespace(),
                        lock.object().name())
                .filter(lease -> Json.uid(lease).equals(uid))
                .isPresent();
    }

    private ArrayNode patch(String uid) {
        ArrayNode patch = Json.object().putArray("patch");
        patch.addObject().put("op", "test").put("path", "/metadata/uid").put("value", uid);
        patch.addObject()
                .put("op", "add")
                .put("path", "/spec/renewTime")
                .put("value", LeaseWriter.time(clock.instant()));
        return patch;
    }

    private static String holder(Change lock) {
        return holder(Json.parse(lock.body()));
    }

    private static String holder(JsonNode lease) {
        return lease.path("spec").path("holderIdentity").asText();
    }

    /** {@code gate 7f3a of https://ci/job/1/, since 2026-01-02T03:04:05.000000Z}. */
    static String words(JsonNode lease) {
        JsonNode spec = lease.path("spec");
        String words = spec.path("holderIdentity").asText("another gate") + ", since "
                + spec.path("acquireTime").asText("a time unknown");
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
    }
}

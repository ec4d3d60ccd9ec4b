package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.gate.port.Presence.State;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.Culprit;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Changes that are objects of our own: making one is the injection, deleting it is the rollback. Remembers what it made,
 * so that a rollback costs one delete and one look; without that memory, in another process, it looks first. What is owned is
 * made after its owner, by the same process.
 */
final class OwnObjects implements ChangeMaker {

    private static final int CONFLICT = 409;
    /** Stands for an owner that is not there yet, where nothing is really made. */
    private static final String ANY_UID = "00000000-0000-0000-0000-000000000000";

    private final Cluster cluster;
    private final Landings landings;
    private final Map<ObjectRef, ObjectNode> made = new ConcurrentHashMap<>();

    OwnObjects(Cluster cluster, Landings landings) {
        this.cluster = cluster;
        this.landings = landings;
    }

    @Override
    public void dryRun(Change change) {
        create(change, true);
    }

    @Override
    public void inject(Change change) {
        try {
            isMade(change, create(change, false));
        } catch (ClusterException failure) {
            if (failure.outcomeUnknown()) {
                landings.isLost(change.object());
            } else if (failure.status() != CONFLICT) {
                throw failure;
            }
            // An answer that was lost may have been a yes, and an earlier process of this gate may have made it.
            ObjectNode found = find(change)
                    .filter(object -> Json.contains(
                            object.path("spec"), Json.parse(change.body()).path("spec")))
                    .orElseThrow(() -> failure);
            isMade(change, found);
        }
    }

    private void isMade(Change change, ObjectNode object) {
        made.put(change.object(), object);
        landings.isCertain(change.object());
    }

    @Override
    public Presence look(Change change) {
        Optional<ObjectNode> found = get(change);
        if (found.isEmpty()) {
            return new Presence(State.GONE, "");
        }
        ObjectNode object = found.get();
        String who = Culprit.of(object);
        if (!isOurs(object, change)) {
            return new Presence(State.ALTERED, "it no longer carries the labels of the gate" + who);
        }
        if (object.path("metadata").has("deletionTimestamp")) {
            return new Presence(State.ALTERED, "it is being deleted" + who);
        }
        ObjectNode asMade = made.get(change.object());
        if (asMade != null && !Json.uid(asMade).equals(Json.uid(object))) {
            return new Presence(State.ALTERED, "it was deleted and made anew" + who);
        }
        boolean sameOwner = asMade == null
                ? Owner.of(Json.parse(change.body())).equals(Owner.of(object))
                : Owner.references(asMade).equals(Owner.references(object));
        if (!sameOwner) {
            return new Presence(State.ALTERED, "it was taken from its guard" + who);
        }
        JsonNode spec = constant(object);
        boolean same = asMade == null
                ? Json.contains(spec, constant(Json.parse(change.body())))
                : Json.contains(spec, constant(asMade)) && Json.contains(constant(asMade), spec);
        return same ? Presence.AS_MADE : new Presence(State.ALTERED, "its spec was changed" + who);
    }

    /** The spec, without what a gate itself changes while it runs. */
    private static JsonNode constant(JsonNode object) {
        return object.path("spec") instanceof ObjectNode spec
                ? spec.deepCopy().without("ttlSecondsAfterFinished")
                : object.path("spec");
    }

    @Override
    public boolean rollback(Change change) {
        ObjectNode asMade = made.get(change.object());
        Optional<String> uid = asMade == null ? find(change).map(Json::uid) : Optional.of(Json.uid(asMade));
        if (uid.isPresent()) {
            deleteOrSeeItGone(change, uid.get());
            // Also where the answer was that it is not there: what stands between may have said that, not the cluster.
            find(change).ifPresent(object -> {
                throw stillStands(change, object);
            });
        }
        made.remove(change.object());
        return uid.isPresent();
    }

    private static ClusterException stillStands(Change change, JsonNode object) {
        JsonNode finalizers = object.path("metadata").path("finalizers");
        return ClusterException.unexpected(change.object() + " was deleted but still stands"
                + (finalizers.isEmpty()
                        ? ": ask the cluster again"
                        : ", with finalizers " + finalizers + ": remove what holds it"));
    }

    @Override
    public List<String> undoCommands(Change change) {
        return List.of("kubectl delete " + ChangeMaker.typeOf(change).argument() + " "
                + change.object().name() + " --namespace " + change.object().namespace()
                + (GuardJobs.isGuard(change) ? " --cascade=background" : ""));
    }

    /** Goes on as if this process had made it; gives it as it is, empty where it is gone, or about to be. */
    Optional<ObjectNode> takeOver(Change change) {
        Optional<ObjectNode> found =
                find(change).filter(object -> !object.path("metadata").has("deletionTimestamp"));
        found.ifPresent(object -> made.put(change.object(), object));
        return found;
    }

    /** The uid of an object that this process made; empty where it made none, or took it out again. */
    Optional<String> uidOf(ObjectRef object) {
        return Optional.ofNullable(made.get(object)).map(Json::uid);
    }

    private ObjectNode create(Change change, boolean dryRun) {
        ObjectNode body = Json.parse(change.body());
        if (change.object().kind().equals(IstioTypes.ENVOY_FILTER)) {
            EnvoyFilterWriter.assertNarrow(body.path("spec"));
        }
        Owner.of(body).ifPresent(owner -> Owner.identify(body, dryRun ? ANY_UID : ownersUid(change, owner)));
        return cluster.create(ChangeMaker.typeOf(change), body, dryRun);
    }

    private String ownersUid(Change change, ObjectRef owner) {
        return uidOf(owner)
                .orElseThrow(() -> new IllegalStateException(
                        change.object() + " is to be owned by " + owner + ", which has to be made first"));
    }

    /** Whoever may not delete it, or is not heard, may still see that its guard took it out. */
    private void deleteOrSeeItGone(Change change, String uid) {
        try {
            delete(change, uid);
        } catch (ClusterException failure) {
            if (!isGone(change, failure)) {
                throw failure;
            }
        }
    }

    private boolean isGone(Change change, ClusterException failure) {
        try {
            return find(change).isEmpty();
        } catch (ClusterException silence) {
            failure.addSuppressed(silence);
            return false;
        }
    }

    /** Deletes it, whichever uid it has by now; harmless where it is gone already. */
    private void delete(Change change, String uid) {
        ResourceType type = ChangeMaker.typeOf(change);
        ObjectRef ref = change.object();
        try {
            cluster.delete(type, ref.namespace(), ref.name(), uid);
        } catch (ClusterException failure) {
            if (failure.status() != CONFLICT) {
                throw failure;
            }
            // Somebody made it anew under the same name; if it still carries our labels it is a fault of ours.
            find(change).ifPresent(other -> cluster.delete(type, ref.namespace(), ref.name(), Json.uid(other)));
        }
    }

    /** The object, if it is this gate's. */
    private Optional<ObjectNode> find(Change change) {
        return get(change).filter(object -> isOurs(object, change));
    }

    private Optional<ObjectNode> get(Change change) {
        return cluster.get(
                ChangeMaker.typeOf(change),
                change.object().namespace(),
                change.object().name());
    }

    private static boolean isOurs(JsonNode object, Change change) {
        return Marks.gateOfObject(object).filter(change.gate()::equals).isPresent();
    }
}

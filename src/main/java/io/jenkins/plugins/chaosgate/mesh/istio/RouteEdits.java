package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.gate.port.Presence.State;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.Culprit;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Changes that put routes into a VirtualService of the user's. Nothing but whole routes is added or removed, each time
 * only if the object is still as it was read; when somebody was faster it is read again.
 */
final class RouteEdits implements ChangeMaker {

    private static final int CONFLICT = 409;
    /** With this status the API answers a patch whose test does not hold. */
    private static final int INVALID = 422;

    private static final int ATTEMPTS = 5;

    private final Cluster cluster;
    private final Landings landings;
    private final Map<ObjectRef, List<JsonNode>> made = new ConcurrentHashMap<>();

    RouteEdits(Cluster cluster, Landings landings) {
        this.cluster = cluster;
        this.landings = landings;
    }

    @Override
    public void dryRun(Change change) {
        ObjectNode object = existing(change);
        patch(change, RouteEdit.putIn(object, clones(object, change)), true);
    }

    @Override
    public void inject(Change change) {
        ObjectNode edited = change(
                change,
                existing(change),
                object -> {
                    if (!places(object, change).isEmpty()) {
                        // An earlier attempt came through although its answer did not.
                        return Optional.empty();
                    }
                    return Optional.of(RouteEdit.putIn(object, clones(object, change)));
                },
                this::putIn);
        landings.isCertain(change.object());
        made.put(change.object(), routes(edited, change));
    }

    /** A patch is for one version of the object, so of all that were lost one at most comes in, and none that is behind. */
    private ObjectNode putIn(Change change, ArrayNode patch) {
        try {
            return patch(change, patch, false);
        } catch (ClusterException failure) {
            if (failure.outcomeUnknown()) {
                landings.isLost(change.object());
            }
            throw failure;
        }
    }

    @Override
    public Presence look(Change change) {
        Optional<ObjectNode> found = get(change);
        if (found.isEmpty()) {
            return new Presence(State.GONE, "the whole VirtualService was deleted");
        }
        ObjectNode object = found.get();
        List<Integer> places = places(object, change);
        String who = Culprit.of(object);
        if (places.isEmpty()) {
            return new Presence(State.GONE, "the gate's routes are no longer in it" + who);
        }
        List<JsonNode> expected = made.getOrDefault(change.object(), RouteEdit.routes(Json.parse(change.body())));
        if (!same(routes(object, change), expected)) {
            return new Presence(State.ALTERED, "the gate's routes in it were changed" + who);
        }
        boolean inFront = places.get(places.size() - 1) == places.size() - 1;
        return inFront
                ? Presence.AS_MADE
                : new Presence(State.ALTERED, "other routes stand in front of the gate's" + who);
    }

    @Override
    public boolean rollback(Change change) {
        Optional<ObjectNode> found = get(change);
        boolean isIn = found.isPresent() && !places(found.get(), change).isEmpty();
        if (isIn) {
            change(
                    change,
                    found.get(),
                    object -> places(object, change).isEmpty()
                            ? Optional.empty()
                            : Optional.of(RouteEdit.takeOut(object, change.gate())),
                    (same, patch) -> patch(same, patch, false));
            get(change).filter(object -> !places(object, change).isEmpty()).ifPresent(object -> {
                throw ClusterException.unexpected("routes of gate " + change.gate() + " were taken out of "
                        + change.object() + " and are in it again" + Culprit.of(object));
            });
        }
        made.remove(change.object());
        return isIn;
    }

    @Override
    public List<String> undoCommands(Change change) {
        String object = ChangeMaker.typeOf(change).argument() + " "
                + change.object().name() + " --namespace " + change.object().namespace();
        String prefix = Marks.routeName(change.gate(), 0).replaceAll("0$", "");
        return List.of(
                "kubectl get " + object
                        + " --output json | jq 'del(.spec.http[] | select((.name // \"\") | startswith(\"" + prefix
                        + "\")))' | kubectl replace --filename -",
                "kubectl edit " + object + "   # or by hand: remove the routes whose names begin with " + prefix);
    }

    /**
     * Patches the object, and reads it again where somebody else was faster; gives it as it then is.
     *
     * @param read the object as it was read
     * @param edit the patch for an object as it was read; empty where nothing is to be done
     * @param send sends a patch
     */
    private ObjectNode change(
            Change change,
            ObjectNode read,
            Function<ObjectNode, Optional<ArrayNode>> edit,
            BiFunction<Change, ArrayNode, ObjectNode> send) {
        ObjectNode object = read;
        for (int attempt = 1; ; attempt++) {
            Optional<ArrayNode> patch = edit.apply(object);
            if (patch.isEmpty()) {
                return object;
            }
            try {
                return send.apply(change, patch.get());
            } catch (ClusterException failure) {
                ObjectNode now = retryable(failure) ? existing(change) : object;
                if (attempt == ATTEMPTS || version(now).equals(version(object))) {
                    throw failure;
                }
                object = now;
            }
        }
    }

    private static boolean retryable(ClusterException failure) {
        return failure.status() == CONFLICT || failure.status() == INVALID || failure.outcomeUnknown();
    }

    private List<ObjectNode> clones(ObjectNode object, Change change) {
        return RouteEditor.clones(
                object.path("spec"),
                Json.namespace(object),
                change.gate(),
                RouteEdit.recipes(Json.parse(change.body())));
    }

    private ObjectNode patch(Change change, ArrayNode patch, boolean dryRun) {
        return cluster.patch(
                ChangeMaker.typeOf(change),
                change.object().namespace(),
                change.object().name(),
                patch,
                dryRun);
    }

    private ObjectNode existing(Change change) {
        return get(change)
                .orElseThrow(() -> ClusterException.unexpected(change.object()
                        + " is no longer there: start the gate again, it will look at the routes anew"));
    }

    private Optional<ObjectNode> get(Change change) {
        return cluster.get(
                ChangeMaker.typeOf(change),
                change.object().namespace(),
                change.object().name());
    }

    private static List<Integer> places(JsonNode object, Change change) {
        return RouteEditor.ours(object.path("spec"), change.gate());
    }

    private static List<JsonNode> routes(JsonNode object, Change change) {
        return places(object, change).stream()
                .map(place -> object.path("spec").path("http").get(place))
                .toList();
    }

    private static boolean same(List<JsonNode> actual, List<JsonNode> expected) {
        return actual.size() == expected.size()
                && IntStream.range(0, expected.size())
                        .allMatch(index -> Json.contains(actual.get(index), expected.get(index))
                                && Json.contains(expected.get(index), actual.get(index)));
    }

    private static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }
}

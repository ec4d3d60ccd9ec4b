package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.istio.RouteRecipe.Reach;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** VirtualServices, faults on them and edits by others, drawn at random. */
final class RandomVirtualService {

    private final Random random;

    RandomVirtualService(Random random) {
        this.random = random;
    }

    ObjectNode spec() {
        ObjectNode spec = Json.object();
        ArrayNode hosts = spec.putArray("hosts").add("ratings");
        if (chance(30)) {
            hosts.add("details");
        }
        if (chance(20)) {
            spec.putArray("gateways").add("mesh").add("front");
        }
        ArrayNode routes = spec.putArray("http");
        for (int i = random.nextInt(6); i >= 0; i--) {
            routes.add(route());
        }
        if (chance(20)) {
            spec.putObject("unknownToUs").put("number", random.nextDouble()).put("text", "ä\"\n");
        }
        return spec;
    }

    RouteRecipe recipe(ObjectNode fault) {
        Optional<Reach> reach = chance(50)
                ? Optional.empty()
                : Optional.of(new Reach(
                        "ratings.bookinfo.svc.cluster.local",
                        chance(50) ? Optional.empty() : Optional.of(one("v1", "v2")),
                        chance(50)));
        return new RouteRecipe(
                Bookinfo.CANARY,
                "bookinfo",
                chance(70) ? Map.of() : Map.of("x-tester", "canary"),
                chance(70) ? List.of() : List.of(9080),
                reach,
                fault);
    }

    /** Something that somebody else does; the same to a spec with our routes and to one without. */
    UnaryOperator<ObjectNode> foreignEdit() {
        ObjectNode added = route().put("name", "added-by-somebody");
        boolean inFront = chance(50);
        String removed = "route-" + random.nextInt(4);
        return switch (random.nextInt(4)) {
            case 0 ->
                spec -> changed(spec, routes -> {
                    routes.insert(inFront ? 0 : routes.size(), added.deepCopy());
                    return routes;
                });
            case 1 ->
                spec -> changed(spec, routes -> {
                    ArrayNode kept = Json.object().putArray("kept");
                    routes.forEach(route -> {
                        if (!route.path("name").asText().equals(removed)) {
                            kept.add(route);
                        }
                    });
                    return kept;
                });
            case 2 ->
                spec -> changed(spec, routes -> {
                    routes.forEach(route -> ((ObjectNode) route).put("timeout", "77s"));
                    return routes;
                });
            default -> spec -> spec.deepCopy().put("touched", true);
        };
    }

    private static ObjectNode changed(ObjectNode spec, UnaryOperator<ArrayNode> edit) {
        ObjectNode copy = spec.deepCopy();
        copy.set("http", edit.apply((ArrayNode) copy.path("http")));
        return copy;
    }

    private ObjectNode route() {
        ObjectNode route = Json.object();
        if (chance(60)) {
            route.put("name", "route-" + random.nextInt(4));
        }
        if (chance(60)) {
            ArrayNode matches = route.putArray("match");
            for (int i = random.nextInt(3); i >= 0; i--) {
                matches.add(match());
            }
        }
        if (chance(15)) {
            route.putObject("redirect").put("uri", "/elsewhere");
        } else {
            ArrayNode ends = route.putArray("route");
            for (int i = random.nextInt(2); i >= 0; i--) {
                ObjectNode end = ends.addObject();
                end.putObject("destination")
                        .put("host", one("ratings", "details"))
                        .put("subset", one("v1", "v2"));
                end.put("weight", random.nextInt(101));
            }
        }
        if (chance(30)) {
            route.putObject("fault").putObject("delay").put("fixedDelay", "2s");
        }
        if (chance(30)) {
            route.putObject("retries").put("attempts", random.nextInt(5));
        }
        return route;
    }

    private JsonNode match() {
        ObjectNode match = Json.object();
        if (chance(50)) {
            match.putObject("uri").put(one("prefix", "regex"), "/p" + random.nextInt(9));
        }
        if (chance(30)) {
            match.putObject("sourceLabels").put(one("app", "version"), one("reviews", "v2", "v1"));
        }
        if (chance(20)) {
            match.putArray("gateways").add(one("mesh", "front"));
        }
        if (chance(20)) {
            match.put("sourceNamespace", one("bookinfo", "other"));
        }
        if (chance(30)) {
            match.putObject("headers")
                    .putObject(one("x-tester", "cookie"))
                    .put(one("exact", "prefix"), one("canary", "x"));
        }
        if (chance(20)) {
            match.put("port", random.nextBoolean() ? 9080 : 80);
        }
        return match;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

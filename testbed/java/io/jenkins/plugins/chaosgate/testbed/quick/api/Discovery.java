package io.jenkins.plugins.chaosgate.testbed.quick.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The documents in which the API says what it serves, made from {@link ApiKind#ALL}; pure functions. */
public final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private Discovery() {}

    /** The document at a path, which is empty where there is none: {@code /version}, {@code /api}, {@code /apis/…}. */
    public static Optional<JsonNode> document(String path) {
        return switch (path) {
            case "/version" -> Optional.of(version());
            case "/api" -> Optional.of(coreVersions());
            case "/apis" -> Optional.of(groups());
            case "/api/v1" -> resources("v1");
            default -> path.startsWith("/apis/") ? groupOrVersion(path.substring("/apis/".length())) : Optional.empty();
        };
    }

    private static Optional<JsonNode> groupOrVersion(String name) {
        return name.contains("/")
                ? resources(name)
                : groupNames().contains(name) ? Optional.of(group(name)) : Optional.empty();
    }

    private static JsonNode version() {
        ObjectNode version = JsonNodeFactory.instance.objectNode();
        version.put("major", "1").put("minor", "36").put("gitVersion", "v1.36.0+chaos-gate.quick-bed");
        return version.put("buildDate", "2026-01-01T00:00:00Z").put("platform", "in-process");
    }

    private static JsonNode coreVersions() {
        ObjectNode versions = object("APIVersions");
        versions.putArray("versions").add("v1");
        return versions;
    }

    private static JsonNode groups() {
        ObjectNode list = object("APIGroupList").put("apiVersion", "v1");
        list.putArray("groups")
                .addAll(groupNames().stream().map(Discovery::group).toList());
        return list;
    }

    private static ObjectNode group(String name) {
        ObjectNode group = object("APIGroup").put("apiVersion", "v1").put("name", name);
        List<ObjectNode> versions = ApiKind.ALL.stream()
                .filter(kind -> kind.group().equals(name))
                .map(ApiKind::version)
                .distinct()
                .map(version -> JsonNodeFactory.instance
                        .objectNode()
                        .put("groupVersion", name + "/" + version)
                        .put("version", version))
                .toList();
        group.putArray("versions").addAll(versions);
        group.set("preferredVersion", versions.get(0));
        return group;
    }

    private static Optional<JsonNode> resources(String apiVersion) {
        List<ObjectNode> resources = ApiKind.ALL.stream()
                .filter(kind -> kind.apiVersion().equals(apiVersion))
                .map(Discovery::resource)
                .toList();
        if (resources.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode list = object("APIResourceList").put("apiVersion", "v1").put("groupVersion", apiVersion);
        list.putArray("resources").addAll(resources);
        return Optional.of(list);
    }

    private static ObjectNode resource(ApiKind kind) {
        ObjectNode resource = object(kind.kind()).put("name", kind.plural()).put("namespaced", kind.namespaced());
        resource.put("singularName", kind.kind().toLowerCase(Locale.ROOT));
        VERBS.forEach(resource.putArray("verbs")::add);
        return resource;
    }

    private static ObjectNode object(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind);
    }

    private static List<String> groupNames() {
        return ApiKind.ALL.stream()
                .map(ApiKind::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .toList();
    }
}

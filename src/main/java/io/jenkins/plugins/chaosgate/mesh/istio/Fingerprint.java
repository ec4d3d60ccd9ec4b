package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** A short text that changes with what an object asks for, and with nothing else: not its status, nor routes of gates. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(ObjectNode object) {
        JsonNode spec = object.path("spec").deepCopy();
        if (spec.path("http") instanceof ArrayNode routes) {
            for (int i = routes.size() - 1; i >= 0; i--) {
                if (Marks.gateOfRoute(routes.get(i)).isPresent()) {
                    routes.remove(i);
                }
            }
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(sorted(spec).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String sorted(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, String> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return fields.toString();
        }
        return node.isArray()
                ? Json.elements(node).map(Fingerprint::sorted).toList().toString()
                : node.toString();
    }
}

package io.jenkins.plugins.chaosgate.mesh.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.stream.StreamSupport;

/** Who changed an object last, as far as the cluster tells. */
public final class Culprit {

    private static final int LONGEST = 100;

    private Culprit() {}

    /** {@code ", last changed by kubectl-edit at 2026-01-01T00:00:00Z"}; empty where nobody else is known. */
    public static String of(JsonNode object) {
        return StreamSupport.stream(
                        object.path("metadata").path("managedFields").spliterator(), false)
                .filter(entry -> !entry.path("manager").asText().equals(Cluster.FIELD_MANAGER))
                .max(Comparator.comparing(entry -> entry.path("time").asText()))
                .map(entry ->
                        ", last changed by " + capped(entry.path("manager").asText()) + " at "
                                + capped(entry.path("time").asText()))
                .orElse("");
    }

    private static String capped(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}

package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How objects and routes of a gate are told from everybody else's: names, labels and annotations. */
final class Marks {

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String MANAGER = "chaos-gate";
    static final String GATE = "chaos-gate.jenkins.io/gate";
    static final String ORIGIN = "chaos-gate.jenkins.io/origin";
    static final String SINCE = "chaos-gate.jenkins.io/since";
    static final String UNTIL = "chaos-gate.jenkins.io/until";
    static final String EXPERIMENT = "chaos-gate.jenkins.io/experiment";

    /** The labels that all objects of gates carry. */
    static final Map<String, String> OURS = Map.of(MANAGED_BY, MANAGER);

    private static final int LONGEST_TEXT = 500;
    private static final Pattern ID = Pattern.compile("[a-z0-9]{4,20}");
    private static final Pattern ROUTE = Pattern.compile("chaos-gate-([a-z0-9]{4,20})-([0-9]{1,4})");

    private Marks() {}

    /** The name of a gate's object; the first has no number. */
    static String objectName(String gate, int number) {
        return "chaos-gate-" + gate + (number == 1 ? "" : "-" + number);
    }

    /** The name of a route of a gate, counted from 1. */
    static String routeName(String gate, int number) {
        return "chaos-gate-" + gate + "-" + number;
    }

    /** The gate whose route that is; empty where it is nobody's of ours. */
    static Optional<String> gateOfRoute(JsonNode route) {
        Matcher name = ROUTE.matcher(route.path("name").asText());
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** The gate whose object that is; empty where it is nobody's of ours. */
    static Optional<String> gateOfObject(JsonNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        String gate = labels.path(GATE).asText();
        return MANAGER.equals(labels.path(MANAGED_BY).asText())
                        && ID.matcher(gate).matches()
                ? Optional.of(gate)
                : Optional.empty();
    }

    /** Marks an object's metadata as this gate's. */
    static void put(ObjectNode metadata, GateTicket ticket, String experiment) {
        metadata.putObject("labels").put(MANAGED_BY, MANAGER).put(GATE, ticket.id());
        metadata.putObject("annotations")
                .put(ORIGIN, capped(ticket.origin()))
                .put(SINCE, ticket.since().toString())
                .put(UNTIL, ticket.until().toString())
                .put(EXPERIMENT, capped(experiment));
    }

    /** The value of one of our annotations, capped; empty where there is none. */
    static String annotation(JsonNode object, String name) {
        return capped(object.path("metadata").path("annotations").path(name).asText());
    }

    private static String capped(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}

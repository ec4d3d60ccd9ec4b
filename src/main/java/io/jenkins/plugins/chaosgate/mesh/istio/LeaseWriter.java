package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the lock of a target: a Lease, named after the canary's labels, so that two gates on the same labels want the same
 * object. Also tells whether two locks are about the same pods. Pure functions.
 */
final class LeaseWriter {

    static final String TARGET = "chaos-gate.jenkins.io/target";

    /** So much longer than its holder counts on it: time to notice that it is lost, and to take the fault out. */
    static final Duration MARGIN = Duration.ofSeconds(15);

    /** As the API writes times of Leases. */
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final int HASH_LENGTH = 12;
    private static final int LONGEST_ORIGIN = 200;

    private LeaseWriter() {}

    /** @param guard the owner, so that the Lease goes with it; empty where the gate has none */
    static Change write(Experiment experiment, GateTicket ticket, Optional<Change> guard, Instant now) {
        ResourceType type = ResourceType.LEASE;
        Target target = experiment.target();
        String name = name(target);
        ObjectNode lease = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode metadata = lease.putObject("metadata").put("name", name).put("namespace", target.namespace());
        Marks.put(metadata, ticket, experiment.name());
        ((ObjectNode) metadata.path("annotations")).put(TARGET, words(target.canary()));
        guard.ifPresent(owner -> Owner.name(metadata, owner.object()));
        lease.putObject("spec")
                .put("holderIdentity", holder(ticket))
                .put("leaseDurationSeconds", duration(experiment))
                .put("acquireTime", time(now))
                .put("renewTime", time(now))
                .put("leaseTransitions", 0);
        ObjectRef object = new ObjectRef(type.apiVersion(), type.kind(), target.namespace(), name);
        return new Change(ticket.id(), object, false, lease.toString(), List.of());
    }

    /** In whole seconds, rounded up. */
    private static long duration(Experiment experiment) {
        return experiment.guard().lease().plus(MARGIN).plusNanos(999_999_999).toSeconds();
    }

    /** The name that the locks of all gates on that namespace and those labels have. */
    static String name(Target target) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((target.namespace() + "/" + words(target.canary())).getBytes(StandardCharsets.UTF_8));
            return "chaos-gate-lock-" + HexFormat.of().formatHex(hash).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String time(Instant at) {
        return MICRO_TIME.format(at);
    }

    /**
     * Whether some pod could be of both targets: only labels that want two values of one key never meet. A lock that does not
     * say what it is about may be about everything.
     */
    static boolean mayMeet(Map<String, String> canary, JsonNode lease) {
        Map<String, String> other = canary(lease);
        return canary.entrySet().stream()
                .noneMatch(label -> other.containsKey(label.getKey())
                        && !other.get(label.getKey()).equals(label.getValue()));
    }

    /** The labels that a lock is about; none where it does not say. */
    static Map<String, String> canary(JsonNode lease) {
        Map<String, String> labels = new TreeMap<>();
        String words = lease.path("metadata").path("annotations").path(TARGET).asText();
        for (String label : words.split(",")) {
            int equals = label.indexOf('=');
            if (equals > 0) {
                labels.put(label.substring(0, equals), label.substring(equals + 1));
            }
        }
        return labels;
    }

    /** {@code app=reviews,version=v2}: neither keys nor values of labels can hold these signs. */
    private static String words(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }

    private static String holder(GateTicket ticket) {
        String origin = ticket.origin();
        String cut = origin.length() <= LONGEST_ORIGIN ? origin : origin.substring(0, LONGEST_ORIGIN) + "…";
        return "gate " + ticket.id() + (cut.isBlank() ? "" : " of " + cut);
    }
}

package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Remembers how other gates' Leases looked, and so tells whether their holders live. */
final class Sightings {

    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /**
     * How a Lease looked when it was first seen so.
     *
     * @param moved whether it was seen to change before
     */
    private record Seen(String resourceVersion, long at, boolean moved) {}

    /**
     * @param nanoTime {@link System#nanoTime}
     * @param clock decides nothing but how soon a holder is believed to live
     */
    Sightings(LongSupplier nanoTime, InstantSource clock) {
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /** To be told of all Leases that stand in a namespace. */
    void forgetAllBut(List<ObjectNode> leases, String namespace) {
        Set<String> standing = leases.stream().map(Sightings::key).collect(Collectors.toSet());
        seen.keySet().removeIf(key -> key.startsWith(namespace + "/") && !standing.contains(key));
    }

    private static String key(JsonNode lease) {
        return Json.namespace(lease) + "/" + Json.uid(lease);
    }

    /** How long it takes until it is known whether the holder lives; zero where it does, negative where it does not. */
    Duration doubt(ObjectNode lease) {
        Seen now = new Seen(lease.path("metadata").path("resourceVersion").asText(), nanoTime.getAsLong(), false);
        Seen since = seen.merge(
                key(lease),
                now,
                (before, later) -> before.resourceVersion().equals(later.resourceVersion())
                        ? before
                        : new Seen(later.resourceVersion(), later.at(), true));
        Duration left = duration(lease).minusNanos(now.at() - since.at());
        if (left.isNegative() || left.isZero()) {
            return Duration.ofNanos(-1);
        }
        return since.moved() || looksRenewed(lease) ? Duration.ZERO : left;
    }

    private boolean looksRenewed(JsonNode lease) {
        try {
            Instant renewed = Instant.parse(lease.path("spec").path("renewTime").asText());
            return Duration.between(renewed, clock.instant()).abs().compareTo(duration(lease)) < 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Duration duration(JsonNode lease) {
        long seconds = lease.path("spec").path("leaseDurationSeconds").asLong();
        Duration longest = Guard.LONGEST_LEASE.plus(LeaseWriter.MARGIN);
        return seconds <= 0 || seconds > longest.toSeconds() ? longest : Duration.ofSeconds(seconds);
    }
}

package io.jenkins.plugins.chaosgate.testbed.quick.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Stands in for three controllers, as far as a guard needs them: Jobs that want no pod are complete from birth, they are
 * deleted when their time to live is over, and what a Job that is gone owned goes, too.
 */
final class JobController {
    private static final ApiKind JOB = ApiKind.find("Job");
    private static final List<ApiKind> OWNED = List.of(ApiKind.find("EnvoyFilter"), ApiKind.find("Lease"));

    private final ApiStore store;

    JobController(ApiStore store) {
        this.store = store;
    }

    /** Completes a Job that wants no pod, before it is stored. */
    static void complete(ApiKind kind, JsonNode object, Instant now) {
        if (kind.equals(JOB)
                && object.at("/spec/parallelism").asInt(1) == 0
                && object.at("/spec/completions").asInt(1) == 0) {
            ((ObjectNode) object)
                    .putObject("status")
                    .put("completionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    /** Deletes what has to go by now. */
    void tidy(Instant now) {
        Set<String> living = new HashSet<>();
        for (JsonNode job : store.all(JOB)) {
            if (isOver(job, now)) {
                store.delete(path(JOB, job));
            } else {
                living.add(job.at("/metadata/uid").asText());
            }
        }
        for (ApiKind kind : OWNED) {
            for (JsonNode object : store.all(kind)) {
                if (hasLostItsJob(object, living)) {
                    store.delete(path(kind, object));
                }
            }
        }
    }

    private static boolean isOver(JsonNode job, Instant now) {
        String completed = job.at("/status/completionTime").asText();
        JsonNode timeToLive = job.at("/spec/ttlSecondsAfterFinished");
        return !completed.isEmpty()
                && timeToLive.isNumber()
                && !now.isBefore(Instant.parse(completed).plus(Duration.ofSeconds(timeToLive.asLong())));
    }

    private static boolean hasLostItsJob(JsonNode object, Set<String> living) {
        JsonNode owners = object.at("/metadata/ownerReferences");
        return !owners.isEmpty()
                && StreamSupport.stream(owners.spliterator(), false)
                        .allMatch(owner -> owner.path("kind").asText().equals(JOB.kind())
                                && !living.contains(owner.path("uid").asText()));
    }

    private static String path(ApiKind kind, JsonNode object) {
        return kind.collection(object.at("/metadata/namespace").asText()) + "/"
                + object.at("/metadata/name").asText();
    }
}

package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.time.Duration;
import java.util.List;

/**
 * Writes the guard of a gate: a Job that is complete from birth, since it wants no pod, and that the cluster deletes, with
 * all it owns, when its time to live is over. Pure functions.
 */
final class GuardWriter {

    /** The API counts from a time in whole seconds, so that a time to live may be up to one short. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private GuardWriter() {}

    static Change write(GateTicket ticket, String namespace, String experiment, Duration lease) {
        ResourceType type = ResourceType.JOB;
        String name = Marks.objectName(ticket.id(), 1);
        ObjectNode job = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode metadata = job.putObject("metadata").put("name", name).put("namespace", namespace);
        Marks.put(metadata, ticket, experiment);
        ObjectNode spec = job.putObject("spec")
                .put("parallelism", 0)
                .put("completions", 0)
                .put("backoffLimit", 0)
                .put("ttlSecondsAfterFinished", wholeSeconds(lease.plus(ROUNDING)));
        spec.putObject("template").set("spec", podThatNeverRuns());
        ObjectRef object = new ObjectRef(type.apiVersion(), type.kind(), namespace, name);
        return new Change(ticket.id(), object, false, job.toString(), List.of());
    }

    /** The time to live with which a guard stays for one more lease, that long after it was complete; seconds. */
    static long timeToLive(Change guard, Duration sinceCompletion) {
        return wholeSeconds(sinceCompletion)
                + Json.parse(guard.body())
                        .path("spec")
                        .path("ttlSecondsAfterFinished")
                        .asLong();
    }

    /** Rounded up: rounding must not cost time. */
    private static long wholeSeconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }

    /** What a namespace with the pod security standard "restricted" takes, too. */
    private static ObjectNode podThatNeverRuns() {
        ObjectNode pod = Json.object().put("restartPolicy", "Never").put("automountServiceAccountToken", false);
        pod.putObject("securityContext")
                .put("runAsNonRoot", true)
                .putObject("seccompProfile")
                .put("type", "RuntimeDefault");
        ObjectNode container =
                pod.putArray("containers").addObject().put("name", "never-runs").put("image", "never-runs:1");
        ObjectNode security = container.putObject("securityContext").put("allowPrivilegeEscalation", false);
        security.putObject("capabilities").putArray("drop").add("ALL");
        return pod;
    }
}

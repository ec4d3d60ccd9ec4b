package io.jenkins.plugins.chaosgate.testbed.full;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.app.Workload;
import io.jenkins.plugins.chaosgate.testbed.parts.Addresses;
import io.jenkins.plugins.chaosgate.testbed.parts.Probe;
import io.jenkins.plugins.chaosgate.testbed.parts.WorkFolder;
import io.jenkins.plugins.chaosgate.testbed.process.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** What each workload has in Kubernetes, and the Envoy beside it. */
final class Workloads {

    private final Addresses addresses;

    Workloads(Addresses addresses) {
        this.addresses = addresses;
    }

    /** Creates its Deployment, ReplicaSet and Pod, and what makes it an endpoint of the mesh. */
    void create(Workload workload, Manifests manifests) {
        Map<String, Object> values = values(workload);
        HasMetadata deployment = manifests.createWithStatus("deployment.yaml", values);
        values.put("OWNER_UID", deployment.getMetadata().getUid());
        HasMetadata replicaSet = manifests.createWithStatus("replica-set.yaml", values);
        values.put("OWNER_UID", replicaSet.getMetadata().getUid());
        manifests.createWithStatus("pod.yaml", values);
        manifests.create("workload.yaml", values);
    }

    /** How its Envoy is started; it is ready when {@link #envoyReady} says so. */
    Program envoy(Workload workload, Path bin, WorkFolder work) {
        Path bootstrap =
                work.write("envoy-" + workload.name() + ".yaml", Manifests.text("envoy.yaml", values(workload)));
        return Program.of("envoy-" + workload.name(), bin.resolve("envoy"))
                .with(
                        "-c",
                        bootstrap,
                        "--concurrency",
                        1,
                        "--disable-hot-restart",
                        "--log-level",
                        "warning",
                        "--drain-time-s",
                        45,
                        "--drain-strategy",
                        "immediate")
                .env("BED_WORKLOAD", workload.name())
                .env("BED_NAMESPACE", Bookinfo.NAMESPACE)
                .env("BED_APP", workload.service())
                .env("BED_VERSION", workload.version());
    }

    /** Whether the Envoy has its configuration and the program answers through it. */
    boolean envoyReady(Workload workload) throws IOException {
        return Probe.answers(URI.create(addresses.admin(workload) + "/ready"))
                && Probe.answers(URI.create(addresses.inbound(workload) + "/healthz"));
    }

    private Map<String, Object> values(Workload workload) {
        Map<String, Object> values = new HashMap<>();
        values.put("APP", workload.service());
        values.put("VERSION", workload.version());
        values.put("WORKLOAD", workload.name());
        values.put("REPLICA_SET", workload.replicaSet());
        values.put("POD", workload.pod());
        values.put("ADDRESS", addresses.workload(workload));
        values.put("EGRESS", addresses.egress(workload));
        values.put("ISTIOD", addresses.controlPlane());
        values.put("NOW", Instant.now().truncatedTo(ChronoUnit.SECONDS));
        return values;
    }
}

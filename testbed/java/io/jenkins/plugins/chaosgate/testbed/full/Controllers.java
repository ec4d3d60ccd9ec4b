package io.jenkins.plugins.chaosgate.testbed.full;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.chaosgate.testbed.parts.Addresses;
import io.jenkins.plugins.chaosgate.testbed.parts.WorkFolder;
import io.jenkins.plugins.chaosgate.testbed.process.Program;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** kube-controller-manager with the controllers that a guard needs. */
final class Controllers {

    private static final String NAMES =
            "job-controller,clusterrole-aggregation-controller,ttl-after-finished-controller,garbage-collector-controller,namespace-controller";
    private static final int PORT = 10257;

    private Controllers() {}

    /** How to start it, once the kinds are known that it is to collect: it looks for new ones only every 30 seconds. */
    static Program program(Path bin, WorkFolder work, Addresses addresses, Path kubeconfig) {
        return Program.of("kube-controller-manager", bin.resolve("kube-controller-manager"))
                .with("--kubeconfig", kubeconfig, "--controllers", NAMES, "--leader-elect=false")
                .with("--bind-address", addresses.controllers(), "--secure-port", PORT)
                .with("--cert-dir", work.folder("controllers"))
                .with("--authentication-kubeconfig", kubeconfig, "--authorization-kubeconfig", kubeconfig)
                .with("--authentication-skip-lookup");
    }

    /**
     * Gives them something to do and tells whether they have done it: a Job without pods completes, its time to live of zero
     * ends it, and the EnvoyFilter that it owns is collected.
     */
    static Callable<Boolean> atWork(KubernetesClient client) {
        Manifests manifests = new Manifests(client);
        HasMetadata job = manifests.create("controllers-probe.yaml", Map.of()).get(0);
        Map<String, String> owner = Map.of(
                "OWNER", job.getMetadata().getName(),
                "OWNER_UID", job.getMetadata().getUid());
        HasMetadata owned =
                manifests.create("controllers-probe-owned.yaml", owner).get(0);
        return () ->
                client.resource(job).get() == null && client.resource(owned).get() == null;
    }
}

package io.jenkins.plugins.chaosgate.mesh.istio;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterClients;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.Kubeconfig;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks whether a cluster can be reached, has an Istio, and lets the account do what gates do in a namespace. */
public final class AccessProbe {

    /** Forbidden, and not found: the version is no secret everywhere, and no part of every API. */
    private static final Set<Integer> NOT_TOLD = Set.of(403, 404);

    private AccessProbe() {}

    /**
     * What was found. Blocks while it asks, changes nothing.
     *
     * @param namespace where the account has to have its permissions; empty leaves that out
     * @throws IllegalArgumentException where the kubeconfig's credentials cannot be read
     */
    public static List<Finding> look(Kubeconfig kubeconfig, Optional<String> namespace) {
        Findings findings = new Findings();
        try (KubernetesClient client = ClusterClients.connect(kubeconfig)) {
            Cluster cluster = new Cluster(client);
            findings.ok("cluster", "answers; " + version(cluster));
            IstioTypes types = IstioTypes.discover(cluster);
            if (types.find(IstioTypes.ENVOY_FILTER).isEmpty()) {
                findings.error(
                        "mesh",
                        "the cluster does not serve EnvoyFilter of " + IstioTypes.GROUP
                                + ": install Istio, or choose the cluster that has it");
            }
            namespace.ifPresent(name -> new PermissionCheck(cluster, findings).requireAll(needed(types, name)));
        } catch (ClusterException failure) {
            findings.error("cluster", failure.getMessage());
        }
        return findings.list();
    }

    private static String version(Cluster cluster) {
        try {
            return "Kubernetes " + cluster.serverVersion();
        } catch (ClusterException failure) {
            if (NOT_TOLD.contains(failure.status())) {
                return "it does not say its version";
            }
            throw failure;
        }
    }

    /** What a gate with a guarded EnvoyFilter asks of the account. */
    private static List<Permission> needed(IstioTypes types, String namespace) {
        List<Permission> needed = new ArrayList<>();
        Stream.of(ResourceType.POD, ResourceType.SERVICE)
                .forEach(type -> needed.add(new Permission("list", type, namespace)));
        Stream.of("create", "get", "patch", "delete")
                .forEach(verb -> needed.add(new Permission(verb, ResourceType.JOB, namespace)));
        types.find(IstioTypes.VIRTUAL_SERVICE).ifPresent(type -> needed.add(new Permission("list", type, namespace)));
        types.find(IstioTypes.ENVOY_FILTER).ifPresent(type -> Stream.of("list", "create", "get", "delete")
                .forEach(verb -> needed.add(new Permission(verb, type, namespace))));
        return needed;
    }
}

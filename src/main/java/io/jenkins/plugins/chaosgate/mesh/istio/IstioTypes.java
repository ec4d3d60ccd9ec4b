package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Istio's kinds of objects, in the versions that a cluster serves. */
final class IstioTypes {

    static final String GROUP = "networking.istio.io";
    static final String ENVOY_FILTER = "EnvoyFilter";
    static final String VIRTUAL_SERVICE = "VirtualService";
    static final String DESTINATION_RULE = "DestinationRule";
    static final String WORKLOAD_ENTRY = "WorkloadEntry";
    static final String SIDECAR = "Sidecar";

    private static final Map<String, String> PLURALS = Map.of(
            ENVOY_FILTER, "envoyfilters",
            VIRTUAL_SERVICE, "virtualservices",
            DESTINATION_RULE, "destinationrules",
            WORKLOAD_ENTRY, "workloadentries",
            SIDECAR, "sidecars");

    private final Map<String, ResourceType> served;

    private IstioTypes(Map<String, ResourceType> served) {
        this.served = Map.copyOf(served);
    }

    /** Asks a cluster; none of the kinds is served where Istio is not installed. */
    static IstioTypes discover(Cluster cluster) {
        List<String> versions = cluster.versions(GROUP);
        Map<String, ResourceType> served = new HashMap<>();
        for (String version : versions) {
            Set<String> kinds = cluster.kinds(GROUP, version);
            PLURALS.keySet().stream()
                    .filter(kinds::contains)
                    .forEach(kind -> served.putIfAbsent(kind, type(kind, version)));
        }
        return new IstioTypes(served);
    }

    /** The kind in the version that the cluster prefers; empty where it is not served. */
    Optional<ResourceType> find(String kind) {
        return Optional.ofNullable(served.get(kind));
    }

    /** Reads back a type that an object names by its {@code apiVersion} and {@code kind}. */
    static ResourceType type(String kind, String version) {
        String plural = PLURALS.get(kind);
        if (plural == null) {
            throw new IllegalArgumentException(
                    "faults in Istio are put in by " + ENVOY_FILTER + " or " + VIRTUAL_SERVICE + ", not by " + kind);
        }
        return new ResourceType(GROUP, version, kind, plural, true);
    }
}

package io.jenkins.plugins.chaosgate.mesh.cluster;

import java.util.Locale;
import java.util.Objects;

/**
 * A kind of Kubernetes object, as the API's paths need it.
 *
 * @param group the API group; empty for the core group
 * @param version the version, without the group: {@code v1}
 * @param kind as objects write it: {@code EnvoyFilter}
 * @param plural as paths write it: {@code envoyfilters}
 * @param namespaced whether its objects live in namespaces
 */
public record ResourceType(String group, String version, String kind, String plural, boolean namespaced) {

    public static final ResourceType NAMESPACE = new ResourceType("", "v1", "Namespace", "namespaces", false);
    public static final ResourceType POD = new ResourceType("", "v1", "Pod", "pods", true);
    public static final ResourceType SERVICE = new ResourceType("", "v1", "Service", "services", true);
    public static final ResourceType JOB = new ResourceType("batch", "v1", "Job", "jobs", true);
    public static final ResourceType LEASE = new ResourceType("coordination.k8s.io", "v1", "Lease", "leases", true);

    public ResourceType {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(plural, "plural");
    }

    /** As objects write it: {@code v1}, or {@code networking.istio.io/v1alpha3}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As {@code kubectl} and permissions write it: {@code pods}, or {@code envoyfilters.networking.istio.io}. */
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** The type as one argument of {@code kubectl}: {@code envoyfilter.networking.istio.io}. */
    public String argument() {
        String word = kind.toLowerCase(Locale.ROOT);
        return group.isEmpty() ? word : word + "." + group;
    }

    /** The path of one object below the API's base address, with a leading slash. */
    public String path(String namespace, String name) {
        String root = (group.isEmpty() ? "/api/" : "/apis/") + apiVersion();
        return root + (namespaced ? "/namespaces/" + namespace : "") + "/" + plural + "/" + name;
    }
}

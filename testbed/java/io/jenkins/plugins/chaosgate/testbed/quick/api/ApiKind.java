package io.jenkins.plugins.chaosgate.testbed.quick.api;

import java.util.List;

/**
 * A kind of object that the API serves. {@code group} is empty for the core group; {@code plural} is the name in paths.
 */
public record ApiKind(String group, String version, String kind, String plural, boolean namespaced) {

    /** What objects of most kinds lie in. */
    public static final ApiKind NAMESPACE = new ApiKind("", "v1", "Namespace", "namespaces", false);

    /**
     * Everything that the quick bed serves: what a cluster with Istio has of what a gate reads or writes. The first version of
     * a group is the preferred one.
     */
    public static final List<ApiKind> ALL = List.of(
            NAMESPACE,
            new ApiKind("", "v1", "Pod", "pods", true),
            new ApiKind("", "v1", "Service", "services", true),
            new ApiKind("", "v1", "ConfigMap", "configmaps", true),
            new ApiKind("apps", "v1", "Deployment", "deployments", true),
            new ApiKind("apps", "v1", "ReplicaSet", "replicasets", true),
            new ApiKind("argoproj.io", "v1alpha1", "Rollout", "rollouts", true),
            new ApiKind("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", true),
            new ApiKind("flagger.app", "v1beta1", "Canary", "canaries", true),
            new ApiKind("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes", true),
            new ApiKind("batch", "v1", "Job", "jobs", true),
            new ApiKind("coordination.k8s.io", "v1", "Lease", "leases", true),
            new ApiKind("authorization.k8s.io", "v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews", false),
            new ApiKind("networking.istio.io", "v1", "VirtualService", "virtualservices", true),
            new ApiKind("networking.istio.io", "v1", "DestinationRule", "destinationrules", true),
            new ApiKind("networking.istio.io", "v1", "WorkloadEntry", "workloadentries", true),
            new ApiKind("networking.istio.io", "v1", "Sidecar", "sidecars", true),
            new ApiKind("networking.istio.io", "v1alpha3", "EnvoyFilter", "envoyfilters", true));

    /** The kind of that name. */
    static ApiKind find(String kind) {
        return ALL.stream().filter(one -> one.kind().equals(kind)).findFirst().orElseThrow();
    }

    /** As objects write it: {@code v1} or {@code group/version}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The path of all objects of this kind in a namespace (ignored where the kind has none). */
    public String collection(String namespace) {
        String root = (group.isEmpty() ? "/api/" : "/apis/") + apiVersion();
        return root + (namespaced ? "/namespaces/" + namespace : "") + "/" + plural;
    }

    /** The name that messages use: {@code pods} or {@code envoyfilters.networking.istio.io}. */
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}

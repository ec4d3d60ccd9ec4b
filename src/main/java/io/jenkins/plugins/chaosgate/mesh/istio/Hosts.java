package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.experiment.ServiceName;

/** Host names as istiod reads them in its objects. */
final class Hosts {

    private Hosts() {}

    /**
     * A host as written in an object of that namespace, in full: a name without a dot is a service beside the object.
     *
     * @param domain the cluster's
     */
    static String full(String host, String namespace, String domain) {
        return host.contains(".") || host.startsWith("*") ? host : new ServiceName(host, namespace).host(domain);
    }

    /** Whether a host as written in an object of that namespace is this full name, whatever the cluster's domain is. */
    static boolean is(String host, String namespace, String fullName) {
        return host.contains(".") ? host.equals(fullName) : fullName.startsWith(host + "." + namespace + ".svc.");
    }

    /** Whether a host as written in an object of that namespace stands for this full name; {@code *} begins a wildcard. */
    static boolean stands(String host, String namespace, String fullName) {
        return host.startsWith("*") ? fullName.endsWith(host.substring(1)) : is(host, namespace, fullName);
    }
}

package io.jenkins.plugins.chaosgate.mesh.istio;

/** Host names as istiod reads them in its objects. */
final class Hosts {

    private Hosts() {}

    /** A host as written in an object of that namespace, in full: a name without a dot is a service beside the object. */
    static String full(String host, String namespace) {
        return host.contains(".") || host.startsWith("*") ? host : host + "." + namespace + ".svc.cluster.local";
    }

    /** Whether a host as written in an object of that namespace stands for this full name; {@code *} begins a wildcard. */
    static boolean stands(String host, String namespace, String fullName) {
        return host.startsWith("*")
                ? fullName.endsWith(host.substring(1))
                : full(host, namespace).equals(fullName);
    }
}

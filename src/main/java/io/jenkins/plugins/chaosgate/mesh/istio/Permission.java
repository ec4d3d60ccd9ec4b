package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;

/**
 * Something that the account has to be allowed to do.
 *
 * @param namespace where; empty means in all namespaces
 */
record Permission(String verb, ResourceType type, String namespace) {

    /** {@code create envoyfilters.networking.istio.io in namespace bookinfo}. */
    @Override
    public String toString() {
        return verb + " " + type.resource()
                + (!type.namespaced() ? "" : namespace.isEmpty() ? " in all namespaces" : " in namespace " + namespace);
    }

    /** The rule of a role that gives it: {@code {apiGroups: [batch], resources: [jobs], verbs: [create]}}. */
    String rule() {
        String group = type.group().isEmpty() ? "\"\"" : type.group();
        return "{apiGroups: [" + group + "], resources: [" + type.plural() + "], verbs: [" + verb + "]}";
    }
}

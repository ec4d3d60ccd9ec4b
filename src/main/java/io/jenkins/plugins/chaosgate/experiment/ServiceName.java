package io.jenkins.plugins.chaosgate.experiment;

import java.util.Objects;

/**
 * A Kubernetes service.
 *
 * @param name its name
 * @param namespace the namespace it is in
 */
public record ServiceName(String name, String namespace) {

    public ServiceName {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(namespace, "namespace");
    }

    /** Reads {@code name} or {@code name.namespace}; without a namespace it is the one given. */
    public static ServiceName parse(String text, String defaultNamespace) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new ServiceName(text, defaultNamespace)
                : new ServiceName(text.substring(0, dot), text.substring(dot + 1));
    }

    /** The host name inside a cluster's domain: {@code ratings.bookinfo.svc.cluster.local}. */
    public String host(String domain) {
        return name + "." + namespace + ".svc." + domain;
    }

    /** How people write it beside a target of that namespace: {@code ratings}, or {@code ratings.other}. */
    public String shortFor(String targetNamespace) {
        return namespace.equals(targetNamespace) ? name : name + "." + namespace;
    }

    @Override
    public String toString() {
        return name + "." + namespace;
    }
}

package io.jenkins.plugins.chaosgate.gate.port;

import java.util.Objects;

/** Names one Kubernetes object; no part is null. */
public record ObjectRef(String apiVersion, String kind, String namespace, String name) {

    public ObjectRef {
        Objects.requireNonNull(apiVersion, "apiVersion");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
    }

    /** {@code EnvoyFilter bookinfo/chaos-gate-7f3a}. */
    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}

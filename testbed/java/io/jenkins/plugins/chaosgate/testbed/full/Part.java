package io.jenkins.plugins.chaosgate.testbed.full;

/** A part of the full bed that a test may stop and start again. */
public enum Part {
    /** The Kubernetes API. */
    API,
    /** kube-controller-manager: Jobs, their time to live, garbage collection, namespaces. */
    CONTROLLERS,
    /** Istio's control plane. */
    ISTIOD,
    /** Prometheus. */
    PROMETHEUS
}

package io.jenkins.plugins.chaosgate.pipeline.target;

import io.jenkins.plugins.chaosgate.mesh.cluster.Kubeconfig;
import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Matchers;
import java.io.IOException;

/**
 * All that makes a connection to a target what it is, credentials included: two gates share a connection exactly where
 * this is equal. Its text form shows no secret.
 *
 * @param metrics whose metrics are counted: {@code istio} or {@code envoy}
 * @param matchers which series of its Prometheus are the target's
 * @param objects what the objects that gates make carry beside our own labels
 */
record TargetAccess(
        String name,
        Kubeconfig kubernetes,
        PrometheusAccess prometheus,
        WebhookHosts webhooks,
        String metrics,
        Matchers matchers,
        ExtraMetadata objects) {

    /**
     * Looks the target's credentials up.
     *
     * @throws IOException where the target cannot be used as it is configured; the message says why, without secrets
     */
    static TargetAccess of(ClusterTarget target) throws IOException {
        try {
            return new TargetAccess(
                    target.getName(),
                    KubernetesAccess.of(target),
                    PrometheusAccess.of(target),
                    new WebhookHosts(target.getWebhookHosts()),
                    target.getMetrics(),
                    matchers(target),
                    ObjectPairs.metadata(target.getObjectLabels(), target.getObjectAnnotations()));
        } catch (IllegalArgumentException unusable) {
            throw new IOException(
                    "the target " + target.getName() + " cannot be used: objects in the cluster: "
                            + unusable.getMessage(),
                    unusable);
        } catch (IOException unusable) {
            throw new IOException(
                    "the target " + target.getName() + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private static Matchers matchers(ClusterTarget target) throws IOException {
        try {
            return Matchers.parse(target.getMatchers());
        } catch (IllegalArgumentException unusable) {
            throw new IOException("matchers: " + unusable.getMessage());
        }
    }
}

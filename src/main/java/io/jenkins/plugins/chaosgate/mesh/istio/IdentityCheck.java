package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import java.util.Optional;

/** Tells the cluster from others, and says where this account cannot. Blocks while it asks. */
final class IdentityCheck {

    private static final int FORBIDDEN = 403;

    private IdentityCheck() {}

    /** Which cluster it is; empty where this account may not know. */
    static Optional<String> identity(Cluster cluster) {
        try {
            return cluster.identity();
        } catch (ClusterException failure) {
            if (failure.status() == FORBIDDEN) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    static void check(Cluster cluster, Findings findings) {
        try {
            cluster.identity();
        } catch (ClusterException failure) {
            // Only the journal is the poorer for it; that a cluster does not answer shows where more depends on it.
            if (failure.status() == FORBIDDEN) {
                findings.warning(
                        "cluster",
                        "it cannot be told from another one that answers at its address later, so a fault that was left in it"
                                + " could then be taken for gone: let the account get the namespace kube-system"
                                + " (docs/rbac has the rule)");
            }
        }
    }
}

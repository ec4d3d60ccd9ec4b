package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the cluster what the account may do, each thing once, and reports what it may not. Blocks while it asks. */
final class PermissionCheck {

    private static final String TOPIC = "permissions";

    private final Cluster cluster;
    private final Findings findings;
    private final Map<Permission, Boolean> answers = new HashMap<>();

    PermissionCheck(Cluster cluster, Findings findings) {
        this.cluster = cluster;
        this.findings = findings;
    }

    /** Whether it is allowed; where the cluster does not tell it may be, and a warning says so. */
    boolean isAllowed(Permission permission) {
        return answers.computeIfAbsent(permission, this::ask);
    }

    /** Whether it is allowed; a finding says so where it is not. */
    boolean require(Permission permission) {
        boolean allowed = isAllowed(permission);
        if (!allowed) {
            findings.error(TOPIC, "may not " + permission + ": " + advice(permission));
        }
        return allowed;
    }

    private static String advice(Permission permission) {
        String grant =
                "the account needs the rule " + permission.rule() + " there (docs/istio.md lists all that are needed)";
        return permission.type().equals(ResourceType.JOB)
                ? grant + "; or say guard: none, and nothing removes the fault if this process dies"
                : grant;
    }

    /** Requires all of these and says how it ended. */
    void requireAll(List<Permission> permissions) {
        List<Boolean> allowed = permissions.stream().map(this::require).toList();
        if (!allowed.contains(false) && !answers.containsValue(false)) {
            findings.ok(TOPIC, "all " + answers.size() + " permissions are there");
        }
    }

    private boolean ask(Permission permission) {
        try {
            return cluster.allows(permission.verb(), permission.type(), permission.namespace());
        } catch (ClusterException failure) {
            findings.warning(TOPIC, "cannot tell whether the account may " + permission + ": " + failure.getMessage());
            return true;
        }
    }
}

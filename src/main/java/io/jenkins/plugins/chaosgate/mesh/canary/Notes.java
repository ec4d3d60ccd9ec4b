package io.jenkins.plugins.chaosgate.mesh.canary;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** Collects what is seen while a rollback is planned, and asks for the permissions that it needs. */
final class Notes {

    private static final String TOPIC = "canary rollback";

    private final Cluster cluster;
    private final Experiment experiment;
    private final List<Finding> findings = new ArrayList<>();

    Notes(Cluster cluster, Experiment experiment) {
        this.cluster = cluster;
        this.experiment = experiment;
    }

    void ok(String text) {
        findings.add(Finding.ok(TOPIC, text));
    }

    void warning(String text) {
        findings.add(Finding.warning(TOPIC, text));
    }

    void error(String text) {
        Finding finding = Finding.error(TOPIC, text);
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    List<Finding> list() {
        return List.copyOf(findings);
    }

    boolean stopTheGate() {
        return findings.stream().anyMatch(Finding::stopsTheGate);
    }

    /** Asks whether the account may do all of these; an error names each rule that is missing. */
    void require(ResourceType type, String... verbs) {
        List.of(verbs).forEach(verb -> requireOne(type, "", verb));
    }

    /** Asks whether the account may patch a part of the objects, such as {@code status}. */
    void requirePatchOf(String part, ResourceType type) {
        requireOne(type, part, "patch");
    }

    /** Whether the account may list these, where it is only nice to know them. */
    boolean mayList(ResourceType type) {
        return allows("list", type, "");
    }

    private void requireOne(ResourceType type, String part, String verb) {
        if (allows(verb, type, part)) {
            return;
        }
        String resource = type.plural() + (part.isEmpty() ? "" : "/" + part);
        error("may not " + verb + " " + type.resource() + (part.isEmpty() ? "" : "/" + part) + " in namespace "
                + experiment.target().namespace() + ": canaryRollback: "
                + experiment.canaryRollback().kind().word() + " needs the rule {apiGroups: ["
                + (type.group().isEmpty() ? "\"\"" : type.group()) + "], resources: [" + resource + "], verbs: [" + verb
                + "]}; grant it to the account (docs/rbac/canary-rollback.yaml has all that are needed)");
    }

    private boolean allows(String verb, ResourceType type, String part) {
        try {
            return cluster.allows(verb, type, part, experiment.target().namespace());
        } catch (ClusterException failure) {
            warning("cannot tell whether the account may " + verb + " " + type.resource() + ": "
                    + failure.getMessage());
            return true;
        }
    }
}

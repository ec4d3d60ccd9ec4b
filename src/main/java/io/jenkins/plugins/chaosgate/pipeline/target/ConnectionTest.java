package io.jenkins.plugins.chaosgate.pipeline.target;

import hudson.util.FormValidation;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.Finding.Severity;
import io.jenkins.plugins.chaosgate.mesh.istio.AccessProbe;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusProbe;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;

/** Asks a target's cluster and its Prometheus whether they answer, and tells what they said. Blocks while it asks. */
final class ConnectionTest {

    private static final int LONGEST = 400;

    private ConnectionTest() {}

    /** Version, mesh, and the permissions of a gate in the first namespace that is named in full. */
    static FormValidation kubernetes(ClusterTarget target) {
        try {
            return told(AccessProbe.look(
                    KubernetesAccess.of(target),
                    target.getNamespaces().stream()
                            .filter(name -> !name.endsWith("*"))
                            .findFirst()));
        } catch (IOException | IllegalArgumentException unusable) {
            return FormValidation.error("%s", Quote.line(unusable.getMessage(), LONGEST));
        }
    }

    /** Whether it takes questions, and its version. */
    static FormValidation prometheus(ClusterTarget target) {
        try {
            PrometheusAccess access = PrometheusAccess.of(target);
            return told(new PrometheusProbe(access.http(ForkJoinPool.commonPool()), access.settings())
                    .look()
                    .join());
        } catch (IOException unusable) {
            return FormValidation.error("%s", Quote.line(unusable.getMessage(), LONGEST));
        }
    }

    private static FormValidation told(List<Finding> findings) {
        String text = findings.stream()
                .map(finding -> finding.topic() + ": " + Quote.line(finding.text(), LONGEST))
                .collect(Collectors.joining("\n"));
        if (findings.stream().anyMatch(Finding::stopsTheGate)) {
            return FormValidation.error("%s", text);
        }
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.WARNING)
                ? FormValidation.warning("%s", text)
                : FormValidation.ok("%s", text);
    }
}

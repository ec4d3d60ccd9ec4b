package io.jenkins.plugins.chaosgate.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Kubeconfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessProbeTest {

    private static List<Finding> look(TestCluster cluster, String namespace) {
        Kubeconfig kubeconfig = Kubeconfig.read(cluster.kubeconfig(), Optional.empty(), Kubeconfig.Rules.TEXT_ONLY);
        return AccessProbe.look(kubeconfig, Optional.ofNullable(namespace));
    }

    @Test
    void anAccountWithAllPermissionsIsFine() {
        try (TestCluster cluster = new TestCluster()) {
            assertThat(look(cluster, "bookinfo"))
                    .containsExactly(
                            Finding.ok("cluster", "answers; Kubernetes v1.36.0+chaos-gate.quick-bed"),
                            Finding.ok("permissions", "all 11 permissions are there"));
            assertThat(cluster.requests).noneMatch(request -> request.startsWith("DELETE"));
        }
    }

    @Test
    void everyMissingPermissionIsNamed() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.denied.add("create envoyfilters bookinfo");
            cluster.denied.add("patch jobs bookinfo");
            assertThat(look(cluster, "bookinfo"))
                    .filteredOn(Finding::stopsTheGate)
                    .extracting(Finding::text)
                    .satisfiesExactly(
                            guard -> assertThat(guard).contains("may not patch jobs.batch in namespace bookinfo"),
                            fault -> assertThat(fault).contains("may not create envoyfilters"));
        }
    }

    @Test
    void withoutANamespaceNoPermissionIsAskedFor() {
        try (TestCluster cluster = new TestCluster()) {
            assertThat(look(cluster, null)).extracting(Finding::topic).containsExactly("cluster");
        }
    }

    @Test
    void aVersionThatIsNotToldIsNoError() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.answerFirst(request -> request.getPath().equals("/version")
                    ? Optional.of(TestCluster.refusal(403, "forbidden"))
                    : Optional.empty());
            assertThat(look(cluster, null))
                    .containsExactly(Finding.ok("cluster", "answers; it does not say its version"));
        }
    }

    @Test
    void credentialsThatAreNotAcceptedAreAnError() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.answerFirst(request -> Optional.of(TestCluster.refusal(401, "Unauthorized")));
            assertThat(look(cluster, "bookinfo")).singleElement().satisfies(finding -> assertThat(finding.text())
                    .contains("401", "does not accept these credentials"));
        }
    }
}

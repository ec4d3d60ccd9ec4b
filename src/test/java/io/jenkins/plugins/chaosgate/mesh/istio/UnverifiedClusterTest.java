package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.TICKET;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.abort;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.calls;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That nobody looks at the cluster's certificate is said in preflight, also where nothing answers. */
class UnverifiedClusterTest {

    @ParameterizedTest
    @CsvSource({"https, true, 1", "https, false, 0", "http, true, 0"})
    void itIsWarnedOf(String scheme, boolean trustsAnybody, int warnings) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(scheme + "://127.0.0.1:1/")
                .withTrustCerts(trustsAnybody)
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            List<Finding> findings = done(new IstioFaultInjector(client, Runnable::run)
                            .plan(experiment(abort(calls("ratings"))), TICKET))
                    .findings();
            assertThat(findings)
                    .filteredOn(finding -> finding.severity() == Finding.Severity.WARNING)
                    .filteredOn(finding -> finding.text().contains("insecure-skip-tls-verify"))
                    .hasSize(warnings);
            assertThat(findings).anyMatch(Finding::stopsTheGate);
        }
    }
}

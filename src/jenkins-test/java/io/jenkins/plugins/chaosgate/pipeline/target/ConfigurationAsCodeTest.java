package io.jenkins.plugins.chaosgate.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import java.util.List;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Targets written as code: taken in, applied by hand, and there after a restart. */
@WithJenkins
class ConfigurationAsCodeTest extends AbstractRoundTripTest {

    @Override
    protected void assertConfiguredAsExpected(JenkinsRule rule, String content) {
        List<ClusterTarget> targets = ChaosGateConfiguration.get().getTargets();
        assertThat(targets).hasSize(2);
        ClusterTarget staging = targets.get(0);
        assertThat(staging.getName()).isEqualTo("staging");
        assertThat(staging.getKubernetesUrl()).isEqualTo("https://10.0.0.1:6443");
        assertThat(staging.getKubernetesCredentialsId()).isEqualTo("staging-account");
        assertThat(staging.getPrometheusUrl()).isEqualTo("https://prometheus.example:9090");
        assertThat(staging.getPrometheusCredentialsId()).isEqualTo("prometheus-account");
        assertThat(staging.getMetrics()).isEqualTo("envoy");
        assertThat(staging.getNamespaces()).containsExactly("bookinfo", "pr-*");
        assertThat(staging.getMaxLeaseSeconds()).isEqualTo(60);
        assertThat(staging.getObjectLabels()).containsExactly("team=payments");
        assertThat(staging.getMaxWebhooks()).isEqualTo(3);
        assertThat(staging.getMaxDurationSeconds()).isEqualTo(600);
        assertThat(staging.getMinIntervalSeconds()).isEqualTo(5);
        assertThat(staging.isUnguardedAllowed()).isTrue();
        assertThat(staging.isCanaryRollbackAllowed()).isTrue();
        assertThat(staging.isPromqlAllowed()).isFalse();
        assertThat(staging.getWebhookHosts()).containsExactly("checks.example:8080");
        assertThat(staging.getPrometheusHeaders())
                .containsExactly("X-Scope-OrgID: team", "X-Api-Key: credentials(prometheus-key)");
        assertThat(staging.getMatchers()).containsExactly("cluster=staging");
        assertThat(staging.isSkipTlsVerify()).isFalse();
        ClusterTarget defaults = targets.get(1);
        assertThat(defaults.getMetrics()).isEqualTo("istio");
        assertThat(defaults.getPrometheusHeaders()).isEmpty();
        assertThat(defaults.getMatchers()).isEmpty();
        assertThat(defaults.getNamespaces()).isEmpty();
        assertThat(defaults.getMaxLeaseSeconds()).isEqualTo(300);
        assertThat(defaults.getMaxWebhooks()).isEqualTo(10);
        assertThat(defaults.getMaxDurationSeconds()).isEqualTo(7200);
        assertThat(defaults.getMinIntervalSeconds()).isEqualTo(1);
        assertThat(defaults.isUnguardedAllowed()).isFalse();
        assertThat(defaults.isCanaryRollbackAllowed()).isFalse();
        assertThat(defaults.isPromqlAllowed()).isTrue();
        assertThat(defaults.getKubernetesUrl()).isNull();
    }

    @Override
    protected String stringInLogExpected() {
        return "Setting class io.jenkins.plugins.chaosgate.pipeline.target.ClusterTarget.name = staging";
    }
}

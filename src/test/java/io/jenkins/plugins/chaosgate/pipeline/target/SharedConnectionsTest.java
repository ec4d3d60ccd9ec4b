package io.jenkins.plugins.chaosgate.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.mesh.cluster.Kubeconfig;
import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Matchers;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Credentials;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedConnectionsTest {

    private final List<Probe> opened = new ArrayList<>();
    private final SharedConnections shared = new SharedConnections(access -> {
        Probe probe = new Probe();
        opened.add(probe);
        return probe;
    });

    private static final class Probe implements Connection {

        private int closed;

        @Override
        public FaultInjector mesh() {
            return null;
        }

        @Override
        public MetricSource metrics(Experiment experiment) {
            return null;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private static TargetAccess access(String token) {
        Kubeconfig kubeconfig = Kubeconfig.read(
                """
                {"current-context": "a", "contexts": [{"name": "a", "context": {"cluster": "a", "user": "a"}}],
                 "clusters": [{"name": "a", "cluster": {"server": "https://127.0.0.1:1"}}],
                 "users": [{"name": "a", "user": {"token": "%s"}}]}
                """
                        .formatted(token),
                Optional.empty(),
                Kubeconfig.Rules.TEXT_ONLY);
        PrometheusSettings settings =
                PrometheusSettings.of(URI.create("http://127.0.0.1:2"), Credentials.bearer("prom-" + token));
        return new TargetAccess(
                "staging",
                kubeconfig,
                new PrometheusAccess(settings, Optional.empty(), false),
                new WebhookHosts(List.of()),
                "istio",
                Matchers.NONE,
                ExtraMetadata.NONE);
    }

    @Test
    void theSameTargetIsConnectedOnce() {
        Connection one = shared.open(access("s3cret"));
        Connection two = shared.open(access("s3cret"));
        assertThat(opened).hasSize(1);
        one.close();
        one.close();
        assertThat(opened.get(0).closed).as("somebody still uses it").isZero();
        two.close();
        assertThat(opened.get(0).closed).isEqualTo(1);
        assertThat(shared.size()).isZero();
        shared.open(access("s3cret"));
        assertThat(opened).as("what is closed is not given again").hasSize(2);
    }

    @Test
    void otherCredentialsMakeAnotherConnection() {
        shared.open(access("s3cret"));
        shared.open(access("0ther"));
        assertThat(opened).hasSize(2);
    }

    @Test
    void noSecretIsShown() {
        assertThat(access("s3cret").toString()).contains("staging").doesNotContain("s3cret");
    }
}

package io.jenkins.plugins.chaosgate.testbed.full;

import io.jenkins.plugins.chaosgate.testbed.parts.Addresses;
import io.jenkins.plugins.chaosgate.testbed.parts.Probe;
import io.jenkins.plugins.chaosgate.testbed.parts.WorkFolder;
import io.jenkins.plugins.chaosgate.testbed.process.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Istio's control plane without certificates and webhooks, for Envoys of the upstream build. */
final class Istiod {

    private static final int XDS_PORT = 15010;
    private static final int HTTP_PORT = 15080;
    private static final int METRICS_PORT = 15014;

    private Istiod() {}

    static Program program(Path bin, WorkFolder work, Addresses addresses, Path kubeconfig) {
        String host = addresses.controlPlane();
        Path meshConfig = work.write("mesh-config.yaml", Manifests.text("mesh-config.yaml", Map.of()));
        Program program = Program.of("istiod", bin.resolve("pilot-discovery"))
                .with("discovery", "--kubeconfig", kubeconfig, "--registries", "Kubernetes")
                .with("--namespace", "istio-system", "--domain", "cluster.local", "--meshConfig", meshConfig)
                .with("--grpcAddr", host + ":" + XDS_PORT, "--httpAddr", host + ":" + HTTP_PORT)
                .with("--monitoringAddr", host + ":" + METRICS_PORT, "--ctrlz_address", host)
                .with("--httpsAddr", "", "--secureGRPCAddr", "", "--shutdownDuration", "0s")
                .env("POD_NAME", "istiod-bed")
                .env("POD_NAMESPACE", "istio-system")
                .env("CLUSTER_ID", "Kubernetes")
                .env("PILOT_CERT_PROVIDER", "none")
                .env("INJECTION_WEBHOOK_CONFIG_NAME", "")
                .env("VALIDATION_WEBHOOK_CONFIG_NAME", "");
        List<String> off = List.of(
                "ENABLE_CA_SERVER",
                "INJECT_ENABLED",
                "ENABLE_LEADER_ELECTION",
                "PILOT_ENABLE_ALPN_FILTER", // a filter that only Istio's own Envoy has, as is the next
                "PILOT_ENABLE_METADATA_EXCHANGE",
                "PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER",
                "PILOT_ENABLE_WORKLOAD_ENTRY_AUTOREGISTRATION");
        for (String feature : off) {
            program = program.env(feature, false);
        }
        return program;
    }

    static boolean ready(Addresses addresses) throws IOException {
        return Probe.answers(URI.create("http://" + addresses.controlPlane() + ":" + HTTP_PORT + "/ready"));
    }
}

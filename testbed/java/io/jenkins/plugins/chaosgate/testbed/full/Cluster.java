package io.jenkins.plugins.chaosgate.testbed.full;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.chaosgate.testbed.parts.Addresses;
import io.jenkins.plugins.chaosgate.testbed.parts.Probe;
import io.jenkins.plugins.chaosgate.testbed.parts.WorkFolder;
import io.jenkins.plugins.chaosgate.testbed.process.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The Kubernetes API of a full bed: how etcd and kube-apiserver are started, and how one talks to them. */
final class Cluster {

    private static final int ETCD_PORT = 2379;
    private static final int ETCD_PEER_PORT = 2380;
    private static final int API_PORT = 6443;

    private final Path bin;
    private final WorkFolder work;
    private final Addresses addresses;
    private final Users users = new Users();

    Cluster(Path bin, WorkFolder work, Addresses addresses) {
        this.bin = bin;
        this.work = work;
        this.addresses = addresses;
    }

    /** etcd that does not wait for the disk: its data is worth nothing after the bed. */
    Program etcd() {
        String peers = "http://" + addresses.etcd() + ":" + ETCD_PEER_PORT;
        return Program.of("etcd", bin.resolve("etcd"))
                .with("--name", "bed", "--data-dir", work.folder("etcd"), "--unsafe-no-fsync", "--log-level", "warn")
                .with("--listen-client-urls", etcdUri(), "--advertise-client-urls", etcdUri())
                .with("--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers)
                .with("--initial-cluster", "bed=" + peers);
    }

    boolean etcdReady() throws IOException {
        return Probe.answers(URI.create(etcdUri() + "/health"));
    }

    /** kube-apiserver; it makes its own certificate when it first starts. */
    Program api() {
        Path key = work.write("service-account.key", serviceAccountKey());
        return Program.of("kube-apiserver", bin.resolve("kube-apiserver"))
                .with("--etcd-servers", etcdUri(), "--endpoint-reconciler-type", "none")
                .with("--bind-address", addresses.api(), "--advertise-address", addresses.api())
                .with("--secure-port", API_PORT, "--cert-dir", work.folder("api"))
                .with("--service-account-issuer", "https://bed.local")
                .with("--service-account-key-file", key, "--service-account-signing-key-file", key)
                .with("--service-cluster-ip-range", "10.96.0.0/16")
                .with("--token-auth-file", users.writeTokens(work), "--authorization-mode", "RBAC")
                .with("--disable-admission-plugins", "ServiceAccount");
    }

    boolean apiReady() {
        if (!Files.exists(certificate())) {
            return false;
        }
        try (KubernetesClient client = client(Users.ADMIN)) {
            return "ok".equals(client.raw("/readyz"));
        }
    }

    /** The kubeconfig of a user; the API must have started. */
    Path kubeconfig(String user) {
        return users.writeKubeconfig(
                work,
                user,
                "https://" + addresses.api() + ":" + API_PORT,
                certificate().toAbsolutePath());
    }

    /** A client of a user, to be closed by the caller; it does not try again what fails. */
    KubernetesClient client(String user) {
        Config config = Config.fromKubeconfig(kubeconfig(user).toFile());
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private Path certificate() {
        return work.folder("api").resolve("apiserver.crt");
    }

    private String etcdUri() {
        return "http://" + addresses.etcd() + ":" + ETCD_PORT;
    }

    private static String serviceAccountKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                    .formatted(Base64.getMimeEncoder().encodeToString(key));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has RSA", impossible);
        }
    }
}

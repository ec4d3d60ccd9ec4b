package io.jenkins.plugins.chaosgate.pipeline.target;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Kubeconfig;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PemTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Turns what a target says of its Kubernetes API, and the credentials that it names, into a kubeconfig. Credentials are a
 * kubeconfig in a secret file, a token in a secret text, or a certificate with its key. Nothing is taken from the
 * controller's own surroundings: no file, no command, no variable, no service account.
 */
final class KubernetesAccess {

    private static final int LARGEST = 1 << 20;
    private static final String NAME = "target";

    private KubernetesAccess() {}

    /**
     * How to reach the target's API.
     *
     * @throws IOException where something is missing or cannot be used; the message is free of secrets
     */
    static Kubeconfig of(ClusterTarget target) throws IOException {
        try {
            Kubeconfig kubeconfig = withCredentials(target);
            if (target.isSkipTlsVerify()) {
                return kubeconfig.trustingAnybody();
            }
            if (target.getKubernetesCa() == null) {
                return kubeconfig;
            }
            PemTrust.trusting(target.getKubernetesCa());
            return kubeconfig.trusting(target.getKubernetesCa());
        } catch (IllegalArgumentException unusable) {
            throw new IOException("Kubernetes: " + unusable.getMessage());
        }
    }

    private static Kubeconfig withCredentials(ClusterTarget target) throws IOException {
        String url = target.getKubernetesUrl();
        if (target.getKubernetesCredentialsId() == null) {
            return of(url, user -> {});
        }
        StandardCredentials credentials = Lookup.find(target.getKubernetesCredentialsId(), url);
        if (credentials instanceof FileCredentials file) {
            Optional<String> context = Optional.ofNullable(target.getKubernetesContext());
            Kubeconfig kubeconfig = Kubeconfig.read(text(file), context, Kubeconfig.Rules.TEXT_ONLY);
            return url == null ? kubeconfig : kubeconfig.at(url);
        }
        if (credentials instanceof StringCredentials token) {
            return of(
                    url,
                    user -> user.put("token", token.getSecret().getPlainText().strip()));
        }
        if (credentials instanceof StandardCertificateCredentials certificate) {
            ClientCertificate pair = ClientCertificate.of(certificate);
            return of(url, user -> user.put("client-certificate-data", base64(pair.certificates()))
                    .put("client-key-data", base64(pair.privateKey())));
        }
        throw new IOException(
                "Kubernetes: expected a secret file (kubeconfig), a secret text (token) or a certificate as"
                        + " credentials, found " + credentials.getClass().getSimpleName());
    }

    /** A kubeconfig for that address, which passes the same checks as one that was read. */
    static Kubeconfig of(String url, Consumer<ObjectNode> login) throws IOException {
        if (url == null) {
            throw new IOException(
                    "Kubernetes: expected the address of the API, found none; give one, or choose a kubeconfig"
                            + " as credentials");
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("apiVersion", "v1").put("kind", "Config").put("current-context", NAME);
        named(root, "clusters", "cluster").put("server", url);
        login.accept(named(root, "users", "user"));
        named(root, "contexts", "context").put("cluster", NAME).put("user", NAME);
        // JSON is YAML, too.
        return Kubeconfig.read(root.toString(), Optional.empty(), Kubeconfig.Rules.TEXT_ONLY);
    }

    private static ObjectNode named(ObjectNode root, String list, String kind) {
        return root.putArray(list).addObject().put("name", NAME).putObject(kind);
    }

    private static String text(FileCredentials file) throws IOException {
        try (InputStream content = file.getContent()) {
            byte[] bytes = content.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException(
                        "Kubernetes: the kubeconfig is larger than 1 MiB, which no kubeconfig needs to be");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

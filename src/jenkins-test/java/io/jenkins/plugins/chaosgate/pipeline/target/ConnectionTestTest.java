package io.jenkins.plugins.chaosgate.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.sun.net.httpserver.HttpServer;
import hudson.util.FormValidation;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Kubeconfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Credentials of every kind, sent to a cluster and a Prometheus that listen; and what is said when they do not fit. */
@WithJenkins
class ConnectionTestTest {

    private static final String ONE =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"1\"]}]}}";

    private JenkinsRule jenkins;

    @BeforeEach
    void aJenkins(JenkinsRule rule) {
        jenkins = rule;
    }

    private ClusterTargetDescriptor form() {
        return (ClusterTargetDescriptor) jenkins.jenkins.getDescriptorOrDie(ClusterTarget.class);
    }

    private static String server(TestCluster cluster) {
        return Kubeconfig.read(cluster.kubeconfig(), Optional.empty(), Kubeconfig.Rules.TEXT_ONLY)
                .cluster()
                .getServer();
    }

    @Test
    void aClusterIsAskedWithAToken() {
        Login.token("account", "t0ken");
        List<String> logins = new CopyOnWriteArrayList<>();
        try (TestCluster cluster = new TestCluster()) {
            cluster.answerFirst(request -> {
                logins.add(request.getHeader("Authorization"));
                return Optional.empty();
            });
            FormValidation said = form().doTestKubernetes(server(cluster), "", "account", "", false, "pr-*, bookinfo");
            assertThat(said.getMessage()).contains("cluster: answers", "all 11 permissions are there");
            assertThat(said.kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(logins).isNotEmpty().containsOnly("Bearer t0ken");
        }
    }

    @Test
    void aMissingPermissionIsAnError() {
        try (TestCluster cluster = new TestCluster()) {
            Login.file("config", cluster.kubeconfig());
            cluster.denied.add("create envoyfilters bookinfo");
            FormValidation said = form().doTestKubernetes("", "", "config", "", false, "bookinfo");
            assertThat(said.kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(said.getMessage()).contains("may not create envoyfilters.networking.istio.io");
        }
    }

    @Test
    void aKubeconfigMayNotReachOutsideItself(@TempDir Path folder) throws IOException {
        Path witness = folder.resolve("ran");
        Login.file(
                "runs",
                kubeconfig("exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: ['" + witness
                        + "']}"));
        Login.file("reads", kubeconfig("tokenFile: /etc/hostname"));
        FormValidation runs = form().doTestKubernetes("", "", "runs", "", false, "");
        assertThat(runs.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(runs.getMessage()).contains("running the command").contains("not allowed here");
        assertThat(Files.exists(witness)).isFalse();
        assertThat(form().doTestKubernetes("", "", "reads", "", false, "").getMessage())
                .contains("tokenFile is a file, which is not read here");
    }

    private static String kubeconfig(String user) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: u, user: {%s}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """
                .formatted(user);
    }

    @Test
    void whatDoesNotFitIsSaidWithoutSecrets() {
        LogRecorder log = new LogRecorder()
                .record("io.jenkins.plugins.chaosgate", Level.ALL)
                .capture(1000);
        Login.userAndWord("password", "joe", "s3cret");
        Login.file("broken", "{token: s3cret");
        ClusterTargetDescriptor form = form();
        assertThat(List.of(
                        form.doTestKubernetes("", "", "", "", false, "").getMessage(),
                        form.doTestKubernetes("http://127.0.0.1:1", "", "gone", "", false, "")
                                .getMessage(),
                        form.doTestKubernetes("http://127.0.0.1:1", "", "password", "", false, "")
                                .getMessage(),
                        form.doTestKubernetes("", "", "broken", "", false, "").getMessage(),
                        form.doTestKubernetes("http://127.0.0.1:1", "pem", "", "", false, "")
                                .getMessage(),
                        form.doTestKubernetes("http://127.0.0.1:1", "", "", "", false, "")
                                .getMessage()))
                .satisfiesExactly(
                        noUrl -> assertThat(noUrl).contains("expected the address of the API"),
                        gone -> assertThat(gone).contains("no credentials with the id", "gone"),
                        kind -> assertThat(kind).contains("expected a secret file", "UsernamePassword"),
                        broken -> assertThat(broken).contains("not readable YAML"),
                        pem -> assertThat(pem).contains("expected a certificate in PEM"),
                        dead -> assertThat(dead).contains("no answer from the cluster"))
                .noneMatch(said -> said.contains("s3cret"));
        assertThat(log.getMessages()).noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void aPrometheusIsAskedWithATokenOrAPassword() throws IOException {
        Login.token("token", "t0ken");
        Login.userAndWord("password", "joe", "s3cret");
        List<String> logins = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            logins.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = (exchange.getRequestURI().getPath().endsWith("/query")
                            ? ONE
                            : "{\"data\":{\"version\":\"3.5.0<script>\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            FormValidation said = form().doTestPrometheus(url, "", "token", "", false);
            assertThat(said.kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(said.getMessage()).contains("answers questions; version 3.5.0&lt;script&gt;");
            assertThat(logins).containsOnly("Bearer t0ken").hasSize(2);
            logins.clear();
            form().doTestPrometheus(url, "", "password", "", true);
            assertThat(logins)
                    .containsOnly("Basic "
                            + Base64.getEncoder().encodeToString("joe:s3cret".getBytes(StandardCharsets.UTF_8)));
            logins.clear();
            assertThat(form().doTestPrometheus(url, "", "", "", false).kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(logins).hasSize(2).containsOnlyNulls();
        } finally {
            server.stop(0);
        }
        assertThat(form().doTestPrometheus("", "", "", "", false).getMessage()).contains("expected its address");
        assertThat(form().doTestPrometheus("http://127.0.0.1:1", "", "", "", false)
                        .getMessage())
                .contains("cannot be reached");
    }

    @Test
    void aCertificateIsCredentialsToo(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "me",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=me",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "s3cret-word",
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        Login.add(new CertificateCredentialsImpl(
                CredentialsScope.GLOBAL,
                "certificate",
                "",
                "s3cret-word",
                new CertificateCredentialsImpl.UploadedKeyStoreSource(
                        null, SecretBytes.fromRawBytes(Files.readAllBytes(store)))));
        ClusterTarget target = new ClusterTarget("staging");
        target.setKubernetesUrl("https://127.0.0.1:1");
        target.setKubernetesCredentialsId("certificate");
        Kubeconfig kubeconfig = KubernetesAccess.of(target);
        assertThat(pem(kubeconfig.user().getClientCertificateData())).startsWith("-----BEGIN CERTIFICATE-----\n");
        assertThat(pem(kubeconfig.user().getClientKeyData())).startsWith("-----BEGIN PRIVATE KEY-----\n");
        target.setPrometheusUrl("http://127.0.0.1:1");
        ConnectionFactory.open(target).close();
        target.setPrometheusCredentialsId("certificate");
        assertThatThrownBy(() -> ConnectionFactory.open(target))
                .hasMessageContaining("the target staging cannot be used: Prometheus: expected a secret text (token)");
    }

    private static String pem(String data) {
        return new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII);
    }
}

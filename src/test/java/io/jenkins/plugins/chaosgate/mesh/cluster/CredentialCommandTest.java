package io.jenkins.plugins.chaosgate.mesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command of an {@code exec} user, as plugins of clouds really are. */
class CredentialCommandTest {

    private static final String V1 = "client.authentication.k8s.io/v1";
    private static final String GIVES = "echo '{\"apiVersion\": \"" + V1
            + "\", \"kind\": \"ExecCredential\", \"status\": {\"token\": \"t0ken\"%s}}'\n";

    @TempDir
    private Path dir;

    private Kubeconfig kubeconfig(String script, String exec, boolean allowed) throws IOException {
        Path command = Files.writeString(dir.resolve("login.sh"), "#!/bin/sh\n" + script);
        assertThat(command.toFile().setExecutable(true)).isTrue();
        String text =
                """
                clusters: [{name: c, cluster: {server: "https://api:6443", certificate-authority-data: UEVN}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                users: [{name: u, user: {exec: {apiVersion: %s, command: ./login.sh%s}}}]
                """
                        .formatted(V1, exec);
        return Kubeconfig.read(text, Optional.of("x"), Kubeconfig.Rules.local(dir, allowed));
    }

    private Kubeconfig kubeconfig(String script, String exec) throws IOException {
        return kubeconfig(script, exec, true);
    }

    @Test
    void itRunsOnlyWhereAllowed() {
        assertThatThrownBy(() -> kubeconfig("touch ran\n", "", false)).hasMessageContaining("allow it with the option");
    }

    @Test
    void aWarningOnStandardErrorDoesNoHarm() throws IOException {
        Kubeconfig asked = kubeconfig("echo 'warning: a new version is out' >&2\n" + GIVES.formatted(""), "");
        assertThat(CredentialCommand.run(asked).user().getToken()).isEqualTo("t0ken");
        String withoutAuthority = asked.toYaml().replaceAll("certificate-authority-data: .*", "");
        Kubeconfig plain = Kubeconfig.read(withoutAuthority, Optional.of("x"), Kubeconfig.Rules.local(dir, true));
        try (KubernetesClient client = ClusterClients.connect(plain)) {
            Config config = client.getConfiguration();
            assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("t0ken");
        }
    }

    @Test
    void argumentsAndVariablesReachIt() throws IOException {
        Kubeconfig asked = kubeconfig(
                "test \"$1 $2 $REGION\" = 'get token north' || exit 9\n" + GIVES.formatted(""),
                ", args: [get, token], env: [{name: REGION, value: north}]");
        assertThat(CredentialCommand.run(asked).user().getToken()).isEqualTo("t0ken");
    }

    @Test
    void itIsToldWhatTheProtocolPromises() throws IOException {
        Kubeconfig asked = kubeconfig(
                "printf %s \"$KUBERNETES_EXEC_INFO\" > " + dir.resolve("told") + "\n" + GIVES.formatted(""),
                ", provideClusterInfo: true");
        CredentialCommand.run(asked);
        assertThat(Json.parse(Files.readString(dir.resolve("told"))))
                .isEqualTo(Json.parse("{\"apiVersion\": \"" + V1 + "\", \"kind\": \"ExecCredential\", \"spec\": {"
                        + "\"interactive\": false, \"cluster\": {\"server\": \"https://api:6443\","
                        + " \"certificate-authority-data\": \"UEVN\"}}}"));
    }

    @Test
    void aCertificateIsAsGoodAsAToken() throws IOException {
        Kubeconfig asked = kubeconfig(
                GIVES.formatted("")
                        .replace("\"token\": \"t0ken\"", "\"clientCertificateData\": \"C\", \"clientKeyData\": \"K\""),
                "");
        assertThat(CredentialCommand.run(asked).user().getToken()).isNull();
        assertThat(Base64.getDecoder()
                        .decode(CredentialCommand.run(asked).user().getClientKeyData()))
                .asString()
                .isEqualTo("K");
    }

    @Test
    void whenTheTokenExpiresIsKnown() throws IOException {
        String end = ", \"expirationTimestamp\": \"2030-01-02T03:04:05Z\"";
        CredentialCommand.Credentials given = CredentialCommand.run(kubeconfig(GIVES.formatted(end), ""));
        assertThat(given.expires()).contains(Instant.parse("2030-01-02T03:04:05Z"));
        assertThat(given.toString()).doesNotContain("t0ken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            echo s3cret >&2; exit 7                                                  | it ended with status 7, and what it said is on standard error
            echo s3cret                                                              | its output is not JSON
            echo '{}'                                                                | not of kind ExecCredential
            echo '{"kind":"ExecCredential","apiVersion":"x"}'                        | another apiVersion
            echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1"}' | neither a token nor a certificate
            head -c 2000000 /dev/zero                                                | larger than 1 MiB
            """)
    void whatGivesNoCredentialsIsToldWithItsHint(String script, String expected) throws IOException {
        Kubeconfig asked = kubeconfig(script + "\n", ", installHint: get it from the wiki");
        assertThatThrownBy(() -> ClusterClients.connect(asked))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("login.sh\" of the kubeconfig gave no credentials: ")
                .hasMessageContaining(expected)
                .hasMessageContaining("its installHint: get it from the wiki")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aCommandThatIsNotThereIsToldWithItsHint() throws IOException {
        Kubeconfig asked = kubeconfig("", ", installHint: get it from the wiki");
        Files.delete(dir.resolve("login.sh"));
        assertThatThrownBy(() -> ClusterClients.connect(asked))
                .hasMessageContaining("it could not be run")
                .hasMessageContaining("get it from the wiki");
    }

    @Test
    void oneThatWantsATerminalIsRefused() {
        assertThatThrownBy(() -> kubeconfig(GIVES.formatted(""), ", interactiveMode: Always"))
                .hasMessageContaining("interactiveMode: Always");
    }
}

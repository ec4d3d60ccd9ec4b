package io.jenkins.plugins.chaosgate.mesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Kubeconfig.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a kubeconfig to a client, and what is refused on the way. */
class KubeconfigTest {

    private static final String TEXT =
            """
            apiVersion: v1
            kind: Config
            clusters:
            - name: near
              cluster: {server: "https://near:6443"}
            - name: far
              cluster: {server: "http://far:80"%s}
            users:
            - name: me
              user: {token: s3cret}
            - name: you
              user: {%s}
            contexts:
            - name: one
              context: {cluster: near, user: me, namespace: shop}
            - name: two
              context: {cluster: far, user: you}
            - name: broken
              context: {cluster: nowhere, user: me}
            current-context: one
            """;

    @TempDir
    private Path folder;

    private static Kubeconfig read(String context, String cluster, String user, Rules rules) {
        return Kubeconfig.read(TEXT.formatted(cluster, user), Optional.ofNullable(context), rules);
    }

    private static Config config(Kubeconfig kubeconfig) {
        try (KubernetesClient client = ClusterClients.connect(kubeconfig)) {
            return client.getConfiguration();
        }
    }

    private Rules local(boolean commands) {
        return Rules.local(folder, commands);
    }

    @Test
    void theCurrentContextIsTakenUnlessAnotherIsNamed() {
        Config one = config(read(null, "", "", Rules.TEXT_ONLY));
        assertThat(one.getMasterUrl()).startsWith("https://near:6443");
        assertThat(one.getAutoOAuthToken()).isEqualTo("s3cret");
        assertThat(one.getNamespace()).isEqualTo("shop");
        Config two = config(read("two", "", "username: u, password: p", Rules.TEXT_ONLY));
        assertThat(two.getMasterUrl()).startsWith("http://far:80");
        assertThat(two.getUsername()).isEqualTo("u");
        assertThat(two.getAutoOAuthToken()).isNull();
    }

    @Test
    void theSameUserMayBeOfAClusterElsewhere() {
        Kubeconfig one = read("one", "", "", Rules.TEXT_ONLY);
        Config moved = config(one.at("https://elsewhere:1"));
        assertThat(moved.getMasterUrl()).startsWith("https://elsewhere:1");
        assertThat(moved.getAutoOAuthToken()).isEqualTo("s3cret");
        assertThat(one.cluster().getServer()).isEqualTo("https://near:6443");
        assertThatThrownBy(() -> one.at("https://me:s3cret@elsewhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user or password")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void trustIsInTheGivenCertificatesOrInAnybody() {
        Kubeconfig one = read("one", "", "", Rules.TEXT_ONLY).trusting("PEM");
        assertThat(one.cluster().getCertificateAuthorityData()).isEqualTo("UEVN");
        assertThat(one.cluster().getInsecureSkipTlsVerify()).isNotEqualTo(true);
        Kubeconfig anybody = one.trustingAnybody();
        assertThat(anybody.cluster().getCertificateAuthorityData()).isNull();
        assertThat(config(anybody).isTrustCerts()).isTrue();
    }

    @Test
    void waitingIsBounded() {
        Config config = config(read(null, "", "", Rules.TEXT_ONLY));
        assertThat(config.getConnectionTimeout()).isEqualTo(5_000);
        int retries = config.getRequestRetryBackoffLimit();
        int pauses = config.getRequestRetryBackoffInterval() * ((1 << retries) - 1);
        assertThat(retries).isPositive();
        assertThat(config.getRequestTimeout() * (1 + retries) + pauses)
                .as("all attempts, within the 30 s that a gate waits for a change")
                .isBetween(20_000, 29_000);
        assertThat(config.getUserAgent()).startsWith("chaos-gate/");
        assertThat(config.getAutoConfigure()).isFalse();
    }

    @Test
    void aContextThatIsNotThereOrNotWholeIsNamed() {
        assertThatThrownBy(() -> read("three", "", "", Rules.TEXT_ONLY))
                .hasMessageContaining("no context \"three\"")
                .hasMessageContaining("one, two, broken");
        assertThatThrownBy(() -> read("broken", "", "", Rules.TEXT_ONLY)).hasMessageContaining("nowhere");
        assertThatThrownBy(() -> Kubeconfig.read("{\"kind\": \"Config\"}", Optional.empty(), Rules.TEXT_ONLY))
                .hasMessageContaining("no current-context")
                .hasMessageContaining("none");
    }

    @Test
    void textThatIsNoKubeconfigIsRefusedWithoutQuotingIt() {
        for (String text : new String[] {"", "token: [s3cret", "s3cret", "- s3cret"}) {
            assertThatThrownBy(() -> Kubeconfig.read(text, Optional.empty(), Rules.TEXT_ONLY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .message()
                    .doesNotContain("s3cret");
        }
        assertThatThrownBy(() -> Kubeconfig.read("#".repeat(1 << 21), Optional.empty(), Rules.TEXT_ONLY))
                .hasMessageContaining("1 MiB");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                           | exec: {command: steal, apiVersion: v1} | running the command "steal"
            ''                           | exec: {apiVersion: v1}                 | exec without a command
            ''                           | auth-provider: {name: oidc}            | auth-provider
            ''                           | client-key: /etc/key                   | client-key is a file
            ''                           | client-certificate: /etc/crt           | client-certificate-data
            ''                           | tokenFile: /etc/token                  | put the content in token
            ', certificate-authority: a' | ''                                     | certificate-authority is a file
            """)
    void whatLeadsOutsideTheTextIsRefused(String cluster, String user, String expected) {
        assertThatThrownBy(() -> read("two", cluster, user, Rules.TEXT_ONLY)).hasMessageContaining(expected);
        assertThat(read("one", cluster, user, Rules.TEXT_ONLY)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"ftp://x, begins with", "https://u:s3cret@x, user or password", "https://a b, well-formed", "'', begins"
    })
    void theServerHasToBeAnAddress(String server, String expected) {
        String text = TEXT.formatted("", "").replace("https://near:6443", server);
        assertThatThrownBy(() -> Kubeconfig.read(text, Optional.empty(), Rules.TEXT_ONLY))
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void everythingWrongIsSaidAtOnceAndNoSecret() {
        assertThatThrownBy(() -> read(
                        "two", "", "token: s3cret, exec: {command: x}, client-key: k, tokenFile: t", Rules.TEXT_ONLY))
                .hasMessageContainingAll("(exec)", "client-key", "tokenFile")
                .message()
                .doesNotContain("s3cret");
        assertThat(read("one", "", "", Rules.TEXT_ONLY))
                .hasToString("Kubeconfig[context=one, server=https://near:6443]");
    }

    @Test
    void aLocalKubeconfigMayNameFilesBesideIt() throws IOException {
        Files.writeString(folder.resolve("token.txt"), "first\n");
        Config config = config(read("two", "", "tokenFile: token.txt", local(false)));
        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("first");
        Files.writeString(folder.resolve("token.txt"), "second\n");
        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("second");
        Files.delete(folder.resolve("token.txt"));
        assertThatThrownBy(() -> config.getOauthTokenProvider().getToken())
                .hasMessageContaining("token file of the kubeconfig cannot be read (NoSuchFileException)");
        Kubeconfig files = read(
                "two",
                ", certificate-authority: ca.pem",
                "client-certificate: /a/c.pem, client-key: k.pem",
                local(false));
        assertThat(files.cluster().getCertificateAuthority())
                .isEqualTo(folder.resolve("ca.pem").toString());
        assertThat(files.user().getClientCertificate()).isEqualTo("/a/c.pem");
        assertThat(files.user().getClientKey())
                .isEqualTo(folder.resolve("k.pem").toString());
        assertThatThrownBy(() -> ClusterClients.connect(files)).hasMessageContaining("could not be read");
    }

    @Test
    void aTokenOfACommandIsAskedForAnewWhenItIsOld() {
        AtomicInteger asked = new AtomicInteger();
        ExpiringToken young = new ExpiringToken(Duration.ofHours(1), "first", () -> "no " + asked.incrementAndGet());
        assertThat(young.getToken()).isEqualTo("first");
        ExpiringToken old = new ExpiringToken(Duration.ZERO, "first", () -> "no " + asked.incrementAndGet());
        assertThat(old.getToken()).isEqualTo("no 1");
        assertThat(old.getToken()).isEqualTo("no 2");
    }

    @Test
    void impersonationOfNobodyInParticularIsRefused() {
        for (String part : new String[] {"as-uid: '1'", "as-groups: [a]", "as-user-extra: {a: [b]}"}) {
            assertThatThrownBy(() -> read("two", "", "token: t, " + part, Rules.TEXT_ONLY))
                    .hasMessageContaining("without as");
        }
    }

    @Test
    void aNameForTlsThatWouldBeIgnoredIsRefused() {
        assertThatThrownBy(() -> read("two", ", tls-server-name: api", "token: t", Rules.TEXT_ONLY))
                .hasMessageContaining("tls-server-name, which is not supported");
    }

    @Test
    void aClusterThatIsNotThereIsSaidNotToAnswer() {
        String text = TEXT.formatted("", "").replace("https://near:6443", "http://127.0.0.1:1");
        try (KubernetesClient client =
                ClusterClients.connect(Kubeconfig.read(text, Optional.empty(), Rules.TEXT_ONLY))) {
            assertThatThrownBy(() -> new Cluster(client).get(TestCluster.ENVOY_FILTER, "bookinfo", "x"))
                    .isInstanceOfSatisfying(ClusterException.class, failure -> {
                        assertThat(failure.status()).isZero();
                        assertThat(failure.outcomeUnknown()).isTrue();
                    })
                    .hasMessageContaining("could not get EnvoyFilter bookinfo/x: no answer from the cluster")
                    .message()
                    .doesNotContain("s3cret");
        }
    }
}

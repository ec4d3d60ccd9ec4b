package io.jenkins.plugins.chaosgate.mesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code proxy-url} of a kubeconfig, with a proxy that notes what it is asked and lets nothing through. */
class ProxyTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        threads.execute(() -> {
            while (!proxy.isClosed()) {
                try {
                    refuse(proxy.accept());
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void refuse(Socket caller) throws IOException {
        try (caller;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> lines = in.lines().takeWhile(line -> !line.isEmpty()).toList();
            asked.addAll(lines);
            boolean known = lines.stream().anyMatch(line -> line.startsWith("Proxy-Authorization: "));
            String answer =
                    known ? "HTTP/1.1 403 No\r\n" : "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"r\"\r\n";
            caller.getOutputStream()
                    .write((answer + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        threads.shutdownNow();
    }

    private static Kubeconfig kubeconfig(String server, String proxyUrl) {
        String text =
                """
                clusters: [{name: c, cluster: {server: "%s", proxy-url: "%s"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """
                        .formatted(server, proxyUrl);
        return Kubeconfig.read(text, Optional.empty(), Kubeconfig.Rules.TEXT_ONLY);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example:6443, 'CONNECT api.example:6443 HTTP/1.1'",
        "http://api.example:8080, 'GET http://api.example:8080/version HTTP/1.1'"
    })
    void everyCallGoesThroughTheProxyWhateverTheServersScheme(String server, String line) {
        String url = "http://me:s3cret@127.0.0.1:" + proxy.getLocalPort();
        try (KubernetesClient client = ClusterClients.connect(kubeconfig(server, url))) {
            assertThatThrownBy(() -> new Cluster(client).serverVersion())
                    .isInstanceOf(ClusterException.class)
                    .hasMessageNotContaining("s3cret");
        }
        assertThat(asked.get(0)).isEqualTo(line);
        assertThat(asked).contains("Proxy-Authorization: Basic bWU6czNjcmV0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://proxy:1",
                "ftp://proxy:1",
                "proxy:3128",
                "http://",
                "http://me:s3cret@a b",
                "socks5://me:s3cret@proxy:1"
            })
    void aProxyThatCannotBeUsedIsRefusedAndNotQuoted(String url) {
        assertThatThrownBy(() -> kubeconfig("https://api.example", url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its cluster's proxy-url")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aProxyWithoutAPortHasTheUsualOne() {
        assertThat(ProxyAddress.of("http://proxy")).isEqualTo("http://proxy:80");
        assertThat(ProxyAddress.of("socks5://proxy")).isEqualTo("socks5://proxy:1080");
        assertThat(ProxyAddress.of("SOCKS5H://proxy:9")).isEqualTo("socks5://proxy:9");
    }
}

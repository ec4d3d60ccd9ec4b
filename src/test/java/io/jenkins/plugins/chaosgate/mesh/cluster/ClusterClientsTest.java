package io.jenkins.plugins.chaosgate.mesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends, and what it takes from whoever answers in the API's place. */
class ClusterClientsTest {

    private static final byte[] MEBIBYTE = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Headers> asked = new ArrayList<>();
    private HttpServer api;
    private HttpServer neighbour;
    private final AtomicInteger neighbourAsked = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        api = server();
        neighbour = server();
        neighbour.createContext("/", exchange -> {
            neighbourAsked.incrementAndGet();
            json(exchange, "{\"gitVersion\": \"v1\"}");
        });
    }

    @AfterEach
    void stop() {
        api.stop(0);
        neighbour.stop(0);
        threads.shutdownNow();
    }

    private HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        return server;
    }

    private void answer(HttpHandler how) {
        api.createContext("/", exchange -> {
            synchronized (asked) {
                asked.add(exchange.getRequestHeaders());
            }
            exchange.getRequestBody().readAllBytes();
            how.handle(exchange);
        });
    }

    private static void json(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private KubernetesClient client(String cluster, String user) {
        String text =
                """
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"%s}}]
                users: [{name: u, user: {%s}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """
                        .formatted(api.getAddress().getPort(), cluster, user);
        return ClusterClients.connect(Kubeconfig.read(text, Optional.empty(), Kubeconfig.Rules.TEXT_ONLY));
    }

    private KubernetesClient client() {
        return client("", "token: s3cret");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowedAndToldAsOne(int status) {
        answer(exchange -> {
            String elsewhere = "http://127.0.0.1:" + neighbour.getAddress().getPort() + "/s3cret";
            exchange.getResponseHeaders().set("Location", elsewhere);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        try (KubernetesClient client = client()) {
            Cluster cluster = new Cluster(client);
            assertThatThrownBy(() -> cluster.get(TestCluster.ENVOY_FILTER, "bookinfo", "x"))
                    .isInstanceOfSatisfying(ClusterException.class, failure -> assertThat(failure.status())
                            .isEqualTo(status))
                    .hasMessageContaining("HTTP " + status + " a redirect to another address, which is not followed")
                    .hasMessageContaining("address of the API server itself")
                    .message()
                    .doesNotContain("s3cret");
            assertThatThrownBy(() -> cluster.allows("get", ResourceType.POD, "bookinfo"))
                    .hasMessageContaining("redirect");
            assertThatThrownBy(() -> cluster.delete(TestCluster.ENVOY_FILTER, "bookinfo", "x", "uid"))
                    .hasMessageContaining("redirect");
            assertThatThrownBy(cluster::serverVersion).hasMessageContaining("redirect");
            cluster.time();
        }
        assertThat(neighbourAsked).hasValue(0);
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() {
        AtomicInteger sent = new AtomicInteger();
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (sent.incrementAndGet() < 2_000) {
                    body.write(MEBIBYTE);
                }
            }
        });
        try (KubernetesClient client = client()) {
            assertThatThrownBy(() -> new Cluster(client).get(TestCluster.ENVOY_FILTER, "bookinfo", "x"))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("the answer is larger than 64 MiB")
                    .hasMessageContaining("check that the address is that of a Kubernetes API");
        }
        assertThat(sent.get()).as("MiB that went out, tries included").isLessThan(600);
    }

    @Test
    void anAnswerIsMeasuredUncompressed() throws IOException {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(small)) {
            for (int i = 0; i < 65; i++) {
                zip.write(MEBIBYTE);
            }
        }
        assertThat(small.size()).isLessThan(1 << 20);
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(500, small.size());
            exchange.getResponseBody().write(small.toByteArray());
            exchange.close();
        });
        try (KubernetesClient client = client()) {
            assertThatThrownBy(() -> new Cluster(client).list(ResourceType.POD, "bookinfo", Map.of()))
                    .hasMessageContaining("the answer is larger than 64 MiB");
        }
    }

    @Test
    void anAnswerOfSomeMebibytesIsRead() {
        answer(exchange -> json(exchange, "{\"gitVersion\": \"" + "v".repeat(8 << 20) + "\"}"));
        try (KubernetesClient client = client()) {
            assertThat(new Cluster(client).serverVersion()).hasSize(8 << 20);
        }
    }

    @Test
    void aLargeListIsReadByPages() {
        List<String> queries = new ArrayList<>();
        answer(exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            queries.add(query);
            boolean last = query.contains("continue=second");
            json(
                    exchange,
                    """
                    {"apiVersion": "v1", "kind": "PodList", "metadata": {"continue": "%s"},
                     "items": [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"}}]}
                    """
                            .formatted(last ? "" : "second", last ? "b" : "a"));
        });
        try (KubernetesClient client = client()) {
            assertThat(new Cluster(client).list(ResourceType.POD, "bookinfo", Map.of("app", "reviews")))
                    .extracting(pod -> pod.path("metadata").path("name").asText())
                    .containsExactly("a", "b");
        }
        assertThat(queries)
                .hasSize(2)
                .allMatch(query -> query.contains("limit=500") && query.contains("labelSelector=app"));
    }

    @Test
    void aListWithoutEndIsNotReadToItsEnd() {
        GenericKubernetesResourceList page = new GenericKubernetesResourceList();
        page.setMetadata(new ListMetaBuilder().withContinue("more").build());
        AtomicInteger pages = new AtomicInteger();
        assertThatThrownBy(() -> Pages.all("list pods", options -> {
                    pages.incrementAndGet();
                    return page;
                }))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("could not list pods: there are more than 200000");
        assertThat(pages).hasValue(400);
    }

    @Test
    void allOfAnImpersonationIsSent() {
        answer(exchange -> json(exchange, "{\"gitVersion\": \"v1\"}"));
        String user = "token: t, as: tester, as-groups: [a, b], as-uid: '42',"
                + " as-user-extra: {scopes: [view, edit], acme.com/project: [some]}";
        try (KubernetesClient client = client("", user)) {
            new Cluster(client).serverVersion();
        }
        Headers sent = asked.get(0);
        assertThat(sent.get("Impersonate-User")).containsExactly("tester");
        assertThat(sent.get("Impersonate-Group")).containsExactly("a", "b");
        assertThat(sent.get("Impersonate-Uid")).containsExactly("42");
        assertThat(sent.get("Impersonate-Extra-scopes")).containsExactly("view", "edit");
        assertThat(sent.get("Impersonate-Extra-acme.com%2Fproject")).containsExactly("some");
    }

    @Test
    void nobodyIsImpersonatedUnasked() {
        answer(exchange -> json(exchange, "{\"gitVersion\": \"v1\"}"));
        try (KubernetesClient client = client()) {
            new Cluster(client).serverVersion();
        }
        assertThat(asked.get(0).keySet()).noneMatch(header -> header.startsWith("Impersonate"));
        assertThat(asked.get(0).get("Authorization")).containsExactly("Bearer s3cret");
    }
}

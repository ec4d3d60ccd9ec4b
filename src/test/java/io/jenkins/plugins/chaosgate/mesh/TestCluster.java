package io.jenkins.plugins.chaosgate.mesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterClients;
import io.jenkins.plugins.chaosgate.mesh.cluster.Kubeconfig;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import io.jenkins.plugins.chaosgate.testbed.quick.api.ApiDispatcher;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A Kubernetes API in this process, which can also be told to refuse, to lose answers, and to let others be faster. */
public final class TestCluster implements AutoCloseable {

    public static final ResourceType ENVOY_FILTER =
            new ResourceType("networking.istio.io", "v1alpha3", "EnvoyFilter", "envoyfilters", true);
    public static final ResourceType JOB = ResourceType.JOB;
    public static final ResourceType VIRTUAL_SERVICE =
            new ResourceType("networking.istio.io", "v1", "VirtualService", "virtualservices", true);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    /** {@code "create envoyfilters bookinfo"}: what the account may not do. */
    public final Set<String> denied = new TreeSet<>();

    /** Method, path and body of each request, one line each. */
    public final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    /** One for all tests, since it takes a second to stop. */
    private static final MockWebServer SERVER = start();

    private final ApiDispatcher api = new ApiDispatcher();
    private final KubernetesClient client;
    private final Cluster cluster;
    private volatile Function<RecordedRequest, Optional<MockResponse>> first = request -> Optional.empty();

    public TestCluster() {
        SERVER.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                // A request's body can be read once.
                byte[] body = request.getBody().getBytes();
                requests.add(
                        request.getMethod() + " " + request.getPath() + " " + new String(body, StandardCharsets.UTF_8));
                return first.apply(copy(request, body))
                        .or(() -> review(copy(request, body)))
                        .orElseGet(() -> api.dispatch(copy(request, body)));
            }
        });
        client = ClusterClients.connect(Kubeconfig.read(kubeconfig(), Optional.empty(), Kubeconfig.Rules.TEXT_ONLY));
        cluster = new Cluster(client);
    }

    private static MockWebServer start() {
        SERVER_LOG.setLevel(Level.WARNING);
        MockWebServer server = new MockWebServer();
        server.start(InetAddress.getLoopbackAddress(), 0);
        return server;
    }

    public String kubeconfig() {
        return """
            apiVersion: v1
            kind: Config
            clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
            users: [{name: tester, user: {token: "s3cret-token"}}]
            contexts: [{name: test, context: {cluster: test, user: tester, namespace: bookinfo}}]
            current-context: test
            """
                .formatted(SERVER.getPort());
    }

    public KubernetesClient client() {
        return client;
    }

    public Cluster cluster() {
        return cluster;
    }

    /** Makes objects from YAML documents. */
    public TestCluster with(String... documents) {
        for (String document : documents) {
            ObjectNode object = Serialization.unmarshal("---\n" + document, ObjectNode.class);
            String[] version = object.path("apiVersion").asText().split("/");
            String kind = object.path("kind").asText();
            String plural = kind.toLowerCase(Locale.ROOT).replaceFirst("y$", "ie") + "s";
            ResourceType type = new ResourceType(
                    version.length == 1 ? "" : version[0],
                    version[version.length - 1],
                    kind,
                    plural,
                    !kind.equals("Namespace"));
            String path = type.path(object.path("metadata").path("namespace").asText(), "x");
            client.raw(path.substring(0, path.length() - 2), "POST", object);
        }
        return this;
    }

    public Optional<ObjectNode> get(ResourceType type, String namespace, String name) {
        return cluster.get(type, namespace, name);
    }

    /** Lets the cluster's controllers work as if it were that much later. */
    public void tidyAfter(Duration later) {
        api.tidy(Instant.now().plus(later));
    }

    /** Answers requests instead of the API, where the function gives an answer. */
    public void answerFirst(Function<RecordedRequest, Optional<MockResponse>> answers) {
        first = answers;
    }

    private static RecordedRequest copy(RecordedRequest request, byte[] body) {
        return new RecordedRequest(
                request.getHttpVersion(), request.method(), request.getPath(), request.getHeaders(), new Buffer(body));
    }

    /** A request that nobody sent, to pass to {@link #really}. */
    public static RecordedRequest request(HttpMethod method, String path, String contentType, String body) {
        return new RecordedRequest(
                "HTTP/1.1",
                method,
                path,
                Headers.builder().add("Content-Type", contentType).build(),
                new Buffer(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** What the API itself says to the request. */
    public MockResponse really(RecordedRequest request) {
        return api.dispatch(request);
    }

    public static MockResponse refusal(int code, String message) {
        ObjectNode status = JSON.createObjectNode().put("kind", "Status").put("apiVersion", "v1");
        status.put("status", "Failure").put("message", message).put("code", code);
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(status.toString());
    }

    private Optional<MockResponse> review(RecordedRequest request) {
        if (!request.getPath().endsWith("/selfsubjectaccessreviews")) {
            return Optional.empty();
        }
        try {
            ObjectNode review = (ObjectNode) JSON.readTree(request.getUtf8Body());
            JsonNode asked = review.path("spec").path("resourceAttributes");
            String part = asked.path("subresource").asText();
            String words =
                    asked.path("verb").asText() + " " + asked.path("resource").asText()
                            + (part.isEmpty() || part.equals("null") ? "" : "/" + part) + " "
                            + asked.path("namespace").asText();
            review.putObject("status").put("allowed", !denied.contains(words.strip()));
            return Optional.of(new MockResponse()
                    .setResponseCode(201)
                    .setHeader("Content-Type", "application/json")
                    .setBody(review.toString()));
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException(notJson);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

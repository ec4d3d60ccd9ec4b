package io.jenkins.plugins.chaosgate.simulation;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** The real Kubernetes client, but below it there is no network: requests go to a {@link Wire} of the test's. */
final class SimulatedClient {

    private SimulatedClient() {}

    /** Carries requests. */
    interface Wire {

        /** Blocks until the answer is there; fails where none comes. */
        Reply send(String method, String pathAndQuery, String contentType, String body) throws IOException;
    }

    /** What comes back. */
    record Reply(int status, Map<String, List<String>> headers, String body) {}

    /** A client whose own attempts to send a request again are left to the wire: its timer knows real time only. */
    static KubernetesClient over(Wire wire) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://simulated.invalid/")
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new WireFactory(wire))
                .build();
    }

    private record WireFactory(Wire wire) implements HttpClient.Factory {
        @Override
        public HttpClient.Builder newBuilder() {
            return new WireBuilder(this);
        }
    }

    private static final class WireBuilder extends StandardHttpClientBuilder<Client, WireFactory, WireBuilder> {

        WireBuilder(WireFactory factory) {
            super(factory);
        }

        @Override
        public Client build() {
            return new Client(this, clientFactory.wire());
        }

        @Override
        protected WireBuilder newInstance(WireFactory factory) {
            return new WireBuilder(factory);
        }
    }

    private static final class Client extends StandardHttpClient<Client, WireFactory, WireBuilder> {

        private final Wire wire;

        Client(WireBuilder builder, Wire wire) {
            super(builder, new AtomicBoolean());
            this.wire = wire;
        }

        @Override
        public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
                StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            String path = request.uri().getRawPath()
                    + (request.uri().getRawQuery() == null
                            ? ""
                            : "?" + request.uri().getRawQuery());
            try {
                Reply reply = wire.send(
                        request.method(),
                        path,
                        Optional.ofNullable(request.getContentType()).orElse(""),
                        body(request));
                return CompletableFuture.completedFuture(new Response(request, reply, consumer));
            } catch (IOException lost) {
                return CompletableFuture.failedFuture(lost);
            }
        }

        private static String body(StandardHttpRequest request) {
            if (request.body() instanceof StandardHttpRequest.ByteArrayBodyContent bytes) {
                return new String(bytes.getContent(), StandardCharsets.UTF_8);
            }
            return request.body() instanceof StandardHttpRequest.StringBodyContent text ? text.getContent() : "";
        }

        @Override
        public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
                StandardWebSocketBuilder socket, WebSocket.Listener listener) {
            throw new UnsupportedOperationException("a gate follows nothing");
        }

        @Override
        protected void doClose() {
            // There is nothing to close.
        }
    }

    private static final class Response extends StandardHttpHeaders implements HttpResponse<AsyncBody>, AsyncBody {

        private final HttpRequest request;
        private final Reply reply;
        private final Consumer<List<ByteBuffer>> consumer;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private boolean given;

        Response(HttpRequest request, Reply reply, Consumer<List<ByteBuffer>> consumer) {
            super(reply.headers());
            this.request = request;
            this.reply = reply;
            this.consumer = consumer;
        }

        @Override
        public void consume() {
            if (given) {
                done.complete(null);
                return;
            }
            given = true;
            try {
                consumer.consume(List.of(ByteBuffer.wrap(reply.body().getBytes(StandardCharsets.UTF_8))), this);
            } catch (Exception failure) {
                done.completeExceptionally(failure);
            }
        }

        @Override
        public int code() {
            return reply.status();
        }

        @Override
        public AsyncBody body() {
            return this;
        }

        @Override
        public HttpRequest request() {
            return request;
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public CompletableFuture<Void> done() {
            return done;
        }

        @Override
        public void cancel() {
            done.cancel(false);
        }
    }
}

package io.jenkins.plugins.chaosgate.mesh.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Stands between a gate and Prometheus, and answers in its own way once there is trouble. */
final class TroubledPrometheus implements AutoCloseable {

    /** How it answers. */
    enum Trouble {
        NOTHING,
        NAN,
        GARBAGE,
        UNAVAILABLE,
        SILENCE
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final URI prometheus;
    private final Trouble trouble;
    private final BooleanSupplier inTrouble;

    TroubledPrometheus(URI prometheus, Trouble trouble, BooleanSupplier inTrouble) throws IOException {
        this.prometheus = prometheus;
        this.trouble = trouble;
        this.inTrouble = inTrouble;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!inTrouble.getAsBoolean()) {
                pass(exchange, body);
                return;
            }
            switch (trouble) {
                case NOTHING ->
                    send(exchange, 200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");
                case NAN ->
                    send(
                            exchange,
                            200,
                            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":["
                                    + System.currentTimeMillis() / 1000.0 + ",\"NaN\"]}]}}");
                case GARBAGE -> send(exchange, 200, "<html>a login page</html>");
                case UNAVAILABLE -> send(exchange, 503, "Service Unavailable");
                case SILENCE -> closed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(prometheus.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        send(exchange, response.statusCode(), response.body());
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

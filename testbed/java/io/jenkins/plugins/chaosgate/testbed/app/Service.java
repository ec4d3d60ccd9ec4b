package io.jenkins.plugins.chaosgate.testbed.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import okhttp3.OkHttpClient;

/**
 * The program of one workload: a small HTTP service that answers on {@code /SERVICE} and {@code /healthz}. It asks its
 * upstreams first and tells in JSON who answered and what each upstream said. Where one fails that it needs, it answers 500;
 * where one fails that it can do without, it answers 200 with a note.
 */
final class Service implements AutoCloseable {

    /** What a service has to pass on itself, so that a match on a header, and a trace, holds over the whole chain. */
    static final List<String> PASSED_ON = List.of(
            "x-request-id",
            "end-user",
            "x-canary",
            "x-tester",
            "baggage",
            "traceparent",
            "x-b3-traceid",
            "x-b3-spanid",
            "x-b3-parentspanid",
            "x-b3-sampled",
            "x-b3-flags");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workload workload;
    private final Caller caller;
    private final HttpServer server;

    private Service(Workload workload, Caller caller, HttpServer server) {
        this.workload = workload;
        this.caller = caller;
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param address where it takes requests from its Envoy; port 0 picks a free one
     * @param outbound where its Envoy takes calls out
     */
    static Service start(
            Workload workload, InetSocketAddress address, URI outbound, OkHttpClient client, ExecutorService threads)
            throws IOException {
        HttpServer server = HttpServer.create(address, 128);
        Service service = new Service(workload, new Caller(client, outbound), server);
        server.setExecutor(threads);
        server.createContext("/", service::handle);
        server.start();
        return service;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes(); // a request with an unread body ends its connection
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/healthz")) {
                answer(exchange, 200, self());
            } else if (path.equals("/" + workload.service())) {
                serve(exchange);
            } else {
                answer(exchange, 404, self().put("note", "expected /" + workload.service() + " or /healthz"));
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        Map<String, String> headers = passedOn(exchange);
        Map<Upstream, CompletableFuture<ObjectNode>> calls = new LinkedHashMap<>();
        workload.upstreams().forEach(upstream -> calls.put(upstream, caller.call(upstream, headers)));
        ObjectNode answer = self();
        int status = 200;
        for (Map.Entry<Upstream, CompletableFuture<ObjectNode>> call : calls.entrySet()) {
            Upstream upstream = call.getKey();
            ObjectNode said = call.getValue().join();
            answer.set(upstream.service(), said);
            if (said.get("status").intValue() >= 400) {
                status = upstream.needed() ? 500 : status;
                answer.put("note", upstream.service() + " are not available");
            }
        }
        answer(exchange, status, answer);
    }

    private ObjectNode self() {
        return JSON.createObjectNode().put("service", workload.service()).put("version", workload.version());
    }

    private static Map<String, String> passedOn(HttpExchange exchange) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : PASSED_ON) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode answer) throws IOException {
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}

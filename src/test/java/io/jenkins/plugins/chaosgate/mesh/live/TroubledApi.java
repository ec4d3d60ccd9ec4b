package io.jenkins.plugins.chaosgate.mesh.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PemTrust;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Stands between one gate and the API server, and from one call to another does what networks and busy servers do. Which
 * calls, and what befalls each, is a seed's; the rest goes through.
 */
final class TroubledApi implements AutoCloseable {

    private static final int[] REFUSALS = {401, 403, 409, 422, 429, 500, 503};
    private static final int SPELLS = 2;
    /** In calls; a gate that nothing befalls makes as many. */
    private static final int LATEST_BEGINNING = 66;

    private static final int LONGEST_SPELL = 25;
    private static final int LATE_MILLIS = 2_500;
    /** Longer than a client waits for an answer. */
    private static final int TOO_LATE_MILLIS = 12_000;

    private enum Trouble {
        REFUSED,
        CUT,
        LATE,
        /** Carried out, but nobody hears of it. */
        ANSWER_LOST
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client;
    private final URI api;
    private final String token;
    private final Random random;
    private final Set<Integer> troubled;
    private final Optional<Hold> hold;
    private final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
    private int calls;

    /**
     * Requests that wait behind this for that long before the API hears of them, whether anybody still waits for the answer or not.
     *
     * @param which method and path of these
     */
    private record Hold(Pattern which, Duration time) {}

    /** What a seed says. */
    TroubledApi(FullBed bed, long seed) throws IOException {
        this(bed, new Random(seed), Optional.empty());
    }

    /** All goes through at once, but for requests whose method and path match. */
    static TroubledApi holding(FullBed bed, String which, Duration time) throws IOException {
        return new TroubledApi(bed, new Random(0), Optional.of(new Hold(Pattern.compile(which), time)));
    }

    private TroubledApi(FullBed bed, Random random, Optional<Hold> hold) throws IOException {
        this.random = random;
        this.hold = hold;
        troubled = hold.isPresent() ? Set.of() : troubled(random);
        var config = bed.client().getConfiguration();
        api = URI.create(config.getMasterUrl());
        token = config.getOauthToken() == null ? config.getAutoOAuthToken() : config.getOauthToken();
        String authority = new String(Base64.getDecoder().decode(config.getCaCertData()), StandardCharsets.US_ASCII);
        client =
                HttpClient.newBuilder().sslContext(PemTrust.trusting(authority)).build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Two of three calls in each spell. */
    private static Set<Integer> troubled(Random random) {
        Set<Integer> calls = new HashSet<>();
        for (int spell = 0; spell < SPELLS; spell++) {
            int first = random.nextInt(LATEST_BEGINNING);
            int last = first + 1 + random.nextInt(LONGEST_SPELL);
            for (int call = first; call < last; call++) {
                if (random.nextInt(3) > 0) {
                    calls.add(call);
                }
            }
        }
        return calls;
    }

    /** A kubeconfig that leads here. */
    Path kubeconfig() throws IOException {
        return Files.writeString(
                Files.createTempFile("chaos-gate-live", "kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: bed, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: gate, user: {token: "any"}}]
                contexts: [{name: bed, context: {cluster: bed, user: gate}}]
                current-context: bed
                """
                        .formatted(server.getAddress().getPort()));
    }

    /** How many calls the gate made. */
    synchronized int calls() {
        return calls;
    }

    /** What befell which call. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Trouble trouble;
        int status;
        int delay;
        synchronized (this) {
            int call = calls++;
            boolean now = troubled.contains(call);
            trouble = now ? Trouble.values()[random.nextInt(Trouble.values().length)] : null;
            status = REFUSALS[random.nextInt(REFUSALS.length)];
            delay = random.nextInt(8) == 0 ? TOO_LATE_MILLIS : random.nextInt(LATE_MILLIS);
            if (now) {
                troubles.add(call + " " + exchange.getRequestMethod() + " "
                        + exchange.getRequestURI().getPath() + " " + trouble
                        + (trouble == Trouble.REFUSED ? " " + status : ""));
            }
        }
        try (exchange) {
            if (trouble == Trouble.REFUSED) {
                refuse(exchange, status);
                return;
            }
            if (trouble == Trouble.CUT) {
                return;
            }
            String words = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            Optional<Hold> held = hold.filter(one -> one.which().matcher(words).matches());
            if (held.isPresent()) {
                troubles.add(words + " waits");
                Thread.sleep(held.get().time().toMillis());
            }
            if (trouble == Trouble.LATE) {
                Thread.sleep(delay);
            }
            HttpResponse<byte[]> answer = pass(exchange, body);
            if (trouble != Trouble.ANSWER_LOST) {
                answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                        .set("Content-Type", type));
                send(exchange, answer.statusCode(), answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        api.resolve(exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .header("Authorization", "Bearer " + token);
        for (String name : List.of("Content-Type", "Accept", "User-Agent")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (status == 429) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        String answer =
                """
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": "troubled on purpose", "code": %d}
                """
                        .formatted(status);
        send(exchange, status, answer.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package io.jenkins.plugins.chaosgate.testbed.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Single requests with a {@code Host} header of one's choice, over connections that are kept. */
public final class Client implements AutoCloseable {

    /** A whole answer: its status, how long it took, and the text of its body. */
    public record Answer(int status, Duration took, String body) {}

    private final OkHttpClient client = Http.client();

    /**
     * Asks for {@code target}.
     *
     * @param host the {@code Host} header, say {@code ratings:9080}
     * @param headers more headers; empty for none
     * @throws UncheckedIOException when there is no answer within 30 seconds
     */
    public Answer get(URI target, String host, Map<String, String> headers) {
        Request.Builder request = new Request.Builder().url(target.toString()).header("Host", host);
        headers.forEach(request::header);
        long started = System.nanoTime();
        try (Response response = client.newCall(request.build()).execute()) {
            String body = response.body().string();
            return new Answer(response.code(), Duration.ofNanos(System.nanoTime() - started), body);
        } catch (IOException failure) {
            throw new UncheckedIOException("no answer from " + target + " for " + host, failure);
        }
    }

    @Override
    public void close() {
        Http.close(client);
    }
}

package io.jenkins.plugins.chaosgate.testbed.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** How a program calls other services: through its own Envoy, over connections that are kept. */
final class Caller {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OkHttpClient client;
    private final URI outbound;

    /**
     * A caller.
     *
     * @param outbound where the Envoy takes calls out; the {@code Host} header picks the service
     */
    Caller(OkHttpClient client, URI outbound) {
        this.client = client;
        this.outbound = outbound;
    }

    /**
     * Calls {@code /SERVICE} and tells {@code status}, {@code ms} and {@code body}, which is JSON or else a text. A service
     * that cannot be reached counts as 503, one that is too slow as 504. The future never fails.
     */
    CompletableFuture<ObjectNode> call(Upstream upstream, Map<String, String> headers) {
        Request.Builder request = new Request.Builder()
                .url(outbound + "/" + upstream.service())
                .header("Host", upstream.service() + ":" + Workload.PORT);
        headers.forEach(request::header);
        long started = System.nanoTime();
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        Call call = client.newCall(request.build());
        call.timeout().timeout(upstream.timeout().toNanos(), java.util.concurrent.TimeUnit.NANOSECONDS);
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                try (ResponseBody body = response.body()) {
                    answer.complete(answer(response.code(), started, body.string()));
                } catch (IOException failure) {
                    onFailure(call, failure);
                }
            }

            @Override
            public void onFailure(Call call, IOException failure) {
                answer.complete(
                        failure instanceof InterruptedIOException
                                ? answer(504, started, "no answer within " + upstream.timeout())
                                : answer(503, started, failure.getMessage()));
            }
        });
        return answer;
    }

    private static ObjectNode answer(int status, long started, String body) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("status", status);
        answer.put("ms", Duration.ofNanos(System.nanoTime() - started).toMillis());
        answer.set("body", json(body));
        return answer;
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException plain) { // an Envoy's own words, say "fault filter abort"
            return TextNode.valueOf(body);
        }
    }
}

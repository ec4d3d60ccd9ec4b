package io.jenkins.plugins.chaosgate.testbed.app;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A steady load: so many requests a second, sent on time whether or not earlier ones were answered, as users do who do not
 * know of each other. It remembers each answer until it is closed and afterwards.
 */
public final class Load implements AutoCloseable {

    /**
     * One answer.
     *
     * @param at when it arrived
     * @param status the HTTP status, 0 when there was no answer
     */
    public record Answer(Instant at, int status) {

        /** A 5xx, or no answer at all. */
        public boolean failed() {
            return status == 0 || status >= 500;
        }
    }

    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(Http.daemons("testbed-load"));
    private final OkHttpClient client = Http.client();
    private final List<Answer> answers = new ArrayList<>();
    private final Request request;

    private Load(Request request) {
        this.request = request;
    }

    /**
     * Starts to send, at once and then evenly.
     *
     * @param target what is asked for, say {@code http://127.16.1.11:9080/productpage}
     * @param host the {@code Host} header, say {@code productpage:9080}
     * @param perSecond requests a second, above 0
     * @param headers more headers; empty for none
     */
    public static Load start(URI target, String host, double perSecond, Map<String, String> headers) {
        if (!(perSecond > 0 && perSecond <= 10_000)) {
            throw new IllegalArgumentException("expected up to 10000 requests a second, found " + perSecond);
        }
        Request.Builder request = new Request.Builder().url(target.toString()).header("Host", host);
        headers.forEach(request::header);
        Load load = new Load(request.build());
        long period = Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond);
        load.ticks.scheduleAtFixedRate(load::send, 0, period, TimeUnit.NANOSECONDS);
        return load;
    }

    /** Every answer until now, in the order of arrival. */
    public List<Answer> answers() {
        synchronized (answers) {
            return List.copyOf(answers);
        }
    }

    /** How many answers there were, failures included. */
    public int total() {
        synchronized (answers) {
            return answers.size();
        }
    }

    /** How many of them were failures. */
    public int failures() {
        return failed().size();
    }

    /** When the last failure arrived; empty without one. */
    public Optional<Instant> lastFailure() {
        List<Answer> failed = failed();
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of(failed.get(failed.size() - 1).at());
    }

    /** When the {@code k}-th failure arrived, counted from 1; empty while there are fewer. */
    public Optional<Instant> failure(int k) {
        return failed().stream().skip(k - 1L).findFirst().map(Answer::at);
    }

    /** Sends no more; requests on the way are broken off and not counted. Harmless the second time. */
    @Override
    public void close() {
        ticks.shutdownNow();
        Http.close(client);
    }

    private List<Answer> failed() {
        return answers().stream().filter(Answer::failed).toList();
    }

    private void send() {
        client.newCall(request).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    response.body().bytes();
                    arrived(response.code());
                } catch (IOException failure) {
                    onFailure(call, failure);
                }
            }

            @Override
            public void onFailure(Call call, IOException failure) {
                if (!ticks.isShutdown()) {
                    arrived(0);
                }
            }
        });
    }

    private void arrived(int status) {
        synchronized (answers) {
            answers.add(new Answer(Instant.now(), status));
        }
    }
}

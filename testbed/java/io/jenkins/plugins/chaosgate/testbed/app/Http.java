package io.jenkins.plugins.chaosgate.testbed.app;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * HTTP clients of the application and its load. OkHttp, because the JDK's client does not let the {@code Host} header be
 * chosen.
 */
final class Http {

    /** More than any test has on the way at once, so that no request waits in the client for another. */
    private static final int MAX_REQUESTS = 2000;

    private static final int KEPT_CONNECTIONS = 200;

    private Http() {}

    /** A client that keeps its connections and goes straight to where it is told; answers are waited for 30 seconds. */
    static OkHttpClient client() {
        ExecutorService threads = Executors.newCachedThreadPool(daemons("testbed-http"));
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(MAX_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MAX_REQUESTS);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(KEPT_CONNECTIONS, 60, TimeUnit.SECONDS))
                .proxy(java.net.Proxy.NO_PROXY)
                .followRedirects(false)
                .connectTimeout(Duration.ofSeconds(2))
                .readTimeout(Duration.ofSeconds(30))
                .build();
    }

    /** Breaks off what is on the way and ends the client's threads and connections. */
    static void close(OkHttpClient client) {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdownNow();
        client.connectionPool().evictAll();
    }

    /** Threads that do not keep the JVM alive. */
    static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

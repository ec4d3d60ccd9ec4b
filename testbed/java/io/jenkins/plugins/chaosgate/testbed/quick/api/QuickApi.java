package io.jenkins.plugins.chaosgate.testbed.quick.api;

import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A Kubernetes API on a loopback address, over plain HTTP, that lives as long as this process or until it is closed. */
public final class QuickApi implements AutoCloseable {
    /** Held here, since a logger that nobody holds forgets its level. It would tell of every request. */
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    private static final long TIDY_MILLIS = 50;

    private final MockWebServer server = new MockWebServer();
    private final URI address;
    private final ScheduledExecutorService controllers = Executors.newSingleThreadScheduledExecutor(QuickApi::daemon);

    /** Starts to listen on the address; port 0 takes a free one. */
    public QuickApi(InetAddress host, int port) {
        SERVER_LOG.setLevel(Level.WARNING);
        ApiDispatcher dispatcher = new ApiDispatcher();
        server.setDispatcher(dispatcher);
        controllers.scheduleWithFixedDelay(
                () -> dispatcher.tidy(Instant.now()), TIDY_MILLIS, TIDY_MILLIS, TimeUnit.MILLISECONDS);
        server.start(host, port);
        address = URI.create("http://" + host.getHostAddress() + ":" + server.getPort());
    }

    /** The base address, without a trailing slash. */
    public URI address() {
        return address;
    }

    /** Writes a kubeconfig for this API and returns its path. */
    public Path writeKubeconfig(Path file) throws IOException {
        return Files.writeString(
                file,
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: quick-bed, cluster: {server: "%s"}}]
                users: [{name: anyone, user: {}}]
                contexts: [{name: quick-bed, context: {cluster: quick-bed, user: anyone, namespace: bookinfo}}]
                current-context: quick-bed
                """
                        .formatted(address));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "quick-api-controllers");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        controllers.shutdownNow();
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("The in-process Kubernetes API did not stop", failure);
        }
    }
}

package io.jenkins.plugins.chaosgate.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Many gates at once on one target that does not answer. */
@WithJenkins
class MeshConnectionsTest {

    private static final int GATES = 50;
    /** 8 requests to the cluster and 6 to Prometheus. */
    private static final int AT_ONCE = 14;

    private static final String SERVER = "server of the test";

    private static final Experiment EXPERIMENT = ExperimentReader.read(
            "test.yaml",
            """
            name: test
            target: {namespace: bookinfo, canary: {app: reviews}}
            controlRun: true
            steadyState: [{promql: {name: up, query: up, max: 1}}]
            """,
            Map.of());

    @Test
    @Timeout(120)
    void fiftyGatesShareAFewThreads(JenkinsRule jenkins) throws Exception {
        assertThat(jenkins.jenkins).isNotNull();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(AT_ONCE);
        AtomicInteger requests = new AtomicInteger();
        ExecutorService threads = Executors.newCachedThreadPool(work -> new Thread(work, SERVER));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), GATES);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            arrived.countDown();
            try (exchange) {
                release.await();
                exchange.sendResponseHeaders(404, -1);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        Set<Thread> before = threads();
        ClusterTarget target = new ClusterTarget("staging");
        target.setKubernetesUrl("http://127.0.0.1:" + server.getAddress().getPort());
        target.setPrometheusUrl(target.getKubernetesUrl());
        List<Connection> connections = new ArrayList<>();
        List<CompletableFuture<?>> calls = new ArrayList<>();
        try {
            for (int i = 0; i < GATES; i++) {
                Connection connection = ConnectionFactory.open(target);
                connections.add(connection);
                calls.add(
                        connection.mesh().findLeftovers(Optional.of("bookinfo")).toCompletableFuture());
                calls.add(connection
                        .metrics(EXPERIMENT)
                        .check(EXPERIMENT, Scene.UNKNOWN)
                        .toCompletableFuture());
            }
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(requests.get()).isEqualTo(AT_ONCE);
            Set<Thread> more = threads();
            more.removeAll(before);
            assertThat(more.stream().map(Thread::getName).filter(name -> !name.equals(SERVER)))
                    .hasSizeLessThan(25)
                    .filteredOn(name -> name.startsWith("chaos-gate staging calls"))
                    .hasSize(8);
            release.countDown();
            for (CompletableFuture<?> call : calls) {
                call.handle((value, failure) -> true).get(60, TimeUnit.SECONDS);
            }
        } finally {
            release.countDown();
            connections.forEach(Connection::close);
            server.stop(0);
            threads.shutdownNow();
        }
        for (Thread thread : threads()) {
            if (thread.getName().startsWith("chaos-gate ")) {
                thread.join(30_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }
}

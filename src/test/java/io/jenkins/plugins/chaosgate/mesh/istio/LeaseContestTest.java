package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.labels;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two controllers, each with threads and memory of its own, that want one target at the same moment. */
class LeaseContestTest {

    private static final int ROUNDS = 1000;

    private final TestCluster cluster = Bookinfo.cluster();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CyclicBarrier start = new CyclicBarrier(2);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mostInside = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();

    @AfterEach
    void close() {
        threads.shutdownNow();
        cluster.close();
    }

    static Stream<Arguments> targets() {
        return Stream.of(
                Arguments.of(labels("app", "reviews", "version", "v2"), labels("version", "v2", "app", "reviews")),
                Arguments.of(labels("app", "reviews", "version", "v2"), labels("app", "reviews")),
                Arguments.of(labels("app", "reviews"), labels("version", "v2")));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void ofTwoGatesOneIsInsideAtATime(Map<String, String> one, Map<String, String> other) {
        CompletableFuture<Integer> first = contender("aaaa", one);
        CompletableFuture<Integer> second = contender("bbbb", other);
        assertThat(List.of(first.join(), second.join())).containsExactly(ROUNDS, ROUNDS);
        assertThat(mostInside).hasValue(1);
        assertThat(refusals).as("how often one met the other").hasPositiveValue();
        assertThat(cluster.cluster().list(ResourceType.LEASE, "bookinfo", Marks.OURS))
                .isEmpty();
    }

    /** Gives how often it was inside. */
    private CompletableFuture<Integer> contender(String gate, Map<String, String> canary) {
        IstioFaultInjector mesh = new IstioFaultInjector(cluster.client(), Runnable::run);
        GateTicket ticket = new GateTicket(gate, "build of " + gate, Instant.EPOCH, Instant.EPOCH);
        Change lock = mesh.lock()
                .write(experiment(canary), ticket, Optional.empty(), Instant.now())
                .orElseThrow();
        return CompletableFuture.supplyAsync(
                () -> {
                    int times = 0;
                    for (int round = 0; round < ROUNDS; round++) {
                        await();
                        while (done(mesh.lock().take(lock)).isPresent()) {
                            refusals.incrementAndGet();
                            // Two that stepped back for each other must not keep step.
                            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(2_000_000));
                        }
                        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        times++;
                        assertThat(done(mesh.lock().renew(lock))).isTrue();
                        inside.decrementAndGet();
                        done(mesh.rollback(lock));
                    }
                    return times;
                },
                threads);
    }

    private void await() {
        try {
            start.await();
        } catch (Exception e) {
            throw new IllegalStateException("the other one ended early", e);
        }
    }
}

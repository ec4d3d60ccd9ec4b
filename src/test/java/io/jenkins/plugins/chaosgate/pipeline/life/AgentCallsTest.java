package io.jenkins.plugins.chaosgate.pipeline.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents that hang, and what they cost others. */
@Timeout(30)
class AgentCallsTest {

    private static final int THREADS = 3;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final BlockingQueue<Runnable> bells = new LinkedBlockingQueue<>();
    private final CountDownLatch interrupted = new CountDownLatch(THREADS);
    private final AgentCalls calls = new AgentCalls(threads, Duration.ofMinutes(1), (time, ring) -> {
        assertThat(time).isEqualTo(Duration.ofMinutes(1));
        bells.add(ring);
        return CompletableFuture.completedFuture(null);
    });

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Callable<String> hanging() {
        return () -> {
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        };
    }

    private List<CompletableFuture<String>> hung() {
        return Stream.generate(() -> calls.call("reading", hanging()))
                .limit(THREADS)
                .toList();
    }

    @Test
    void anAnswerIsGiven() throws Exception {
        assertThat(calls.call("reading", () -> "text").get()).isEqualTo("text");
        assertThatThrownBy(calls.call("reading", () -> {
                    throw new IOException("no such file");
                })::get)
                .hasRootCauseMessage("no such file");
    }

    @Test
    void oneThatHangsIsGivenUpAndItsThreadIsFree() throws Exception {
        List<CompletableFuture<String>> hung = hung();
        CompletableFuture<String> next = calls.call("reading", () -> "text");
        assertThat(next).isNotDone();
        for (int i = 0; i < THREADS; i++) {
            bells.take().run();
        }
        assertThat(hung).allSatisfy(call -> assertThatThrownBy(call::get)
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("reading took longer than 60 s: the agent does not answer"));
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(next.get()).isEqualTo("text");
    }

    @Test
    void whoeverNoLongerWantsTheAnswerFreesTheThread() throws Exception {
        hung().forEach(call -> call.completeExceptionally(new IOException("the build was stopped")));
        assertThat(calls.call("reading", () -> "text").get()).isEqualTo("text");
    }

    @Test
    void aCallThatStillWaitsForAThreadIsTakenBack() throws Exception {
        List<CompletableFuture<String>> hung = hung();
        CompletableFuture<String> waiting = calls.call("reading", hanging());
        waiting.cancel(false);
        hung.forEach(call -> call.cancel(false));
        CompletableFuture<String> last = calls.call("reading", () -> "text");
        assertThat(last.get()).isEqualTo("text");
        assertThat(bells).hasSizeLessThanOrEqualTo(THREADS + 1);
    }
}

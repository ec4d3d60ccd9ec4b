package io.jenkins.plugins.chaosgate.pipeline.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a gate's experiment comes from, and who waits for it. */
@Timeout(30)
class ExperimentReadingTest {

    private static final Experiment EXPERIMENT = ExperimentReader.read(
            "test.yaml",
            """
            name: test
            target: {namespace: bookinfo, canary: {app: reviews}}
            faults: [{httpAbort: {to: ratings, status: 500, percentage: 100}}]
            steadyState: [{errorRate: {of: reviews, max: 1%}}]
            """,
            Map.of());

    private final ExecutorService agentThreads = Executors.newCachedThreadPool();
    private final ExecutorService oneThread = Executors.newSingleThreadExecutor();
    private final BlockingQueue<ExperimentReading.Result> results = new LinkedBlockingQueue<>();
    private final AgentCalls agents = new AgentCalls(
            agentThreads, Duration.ofMinutes(1), (time, ring) -> CompletableFuture.completedFuture(null));

    @AfterEach
    void stop() {
        agentThreads.shutdownNow();
        oneThread.shutdownNow();
    }

    private record Source(boolean asksAgent, Callable<Experiment> from) implements ExperimentSource {

        @Override
        public Experiment experiment() throws IOException, InterruptedException {
            try {
                return from.call();
            } catch (IOException | InterruptedException | RuntimeException expected) {
                throw expected;
            } catch (Exception unexpected) {
                throw new AssertionError(unexpected);
            }
        }
    }

    private static Experiment hang() throws InterruptedException {
        new CountDownLatch(1).await();
        return EXPERIMENT;
    }

    private ExperimentReading begin(boolean asksAgent, Callable<Experiment> experiment) {
        ExperimentReading reading = new ExperimentReading(new Source(asksAgent, experiment), agents, oneThread);
        oneThread.execute(() -> reading.start(results::add));
        return reading;
    }

    @Test
    void agentsThatHangKeepNobodyFromBeginning() throws Exception {
        for (int i = 0; i < 5; i++) {
            begin(true, ExperimentReadingTest::hang);
        }
        begin(false, () -> EXPERIMENT);
        assertThat(results.take().get()).isSameAs(EXPERIMENT);
        begin(true, () -> EXPERIMENT);
        assertThat(results.take().get()).isSameAs(EXPERIMENT);
        assertThat(results).isEmpty();
    }

    @Test
    void whyThereIsNoExperimentIsTold() throws Exception {
        for (Exception why : List.of(new IOException("no such file"), new IllegalStateException("no such file"))) {
            begin(true, () -> {
                throw why;
            });
            ExperimentReading.Result result = results.take();
            assertThatThrownBy(result::get).isSameAs(why);
        }
    }

    @Test
    void aStepThatIsStoppedWaitsForNoAgent() throws Exception {
        ExperimentReading reading = begin(true, ExperimentReadingTest::hang);
        reading.stop("the build was stopped");
        ExperimentReading.Result result = results.take();
        assertThatThrownBy(result::get).isInstanceOf(IOException.class).hasMessage("the build was stopped");
    }
}

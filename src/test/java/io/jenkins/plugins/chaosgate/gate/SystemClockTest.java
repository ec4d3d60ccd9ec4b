package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemClockTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void ringsNotBeforeItsTimeAndGoesOnElsewhere() {
        SystemClock clock = new SystemClock(timer, work -> new Thread(work, "elsewhere").start());
        Instant before = clock.now();
        String thread = clock.after(Duration.ofMillis(30))
                .thenApply(rung -> Thread.currentThread().getName())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        assertThat(thread).isEqualTo("elsewhere");
        assertThat(Duration.between(before, clock.now())).isGreaterThanOrEqualTo(Duration.ofMillis(29));
    }

    @Test
    void aTimerThatIsOverFailsWhoeverWaits() {
        timer.shutdown();
        assertThat(new SystemClock(timer, Runnable::run).after(Duration.ofMillis(1)))
                .isCompletedExceptionally();
    }
}

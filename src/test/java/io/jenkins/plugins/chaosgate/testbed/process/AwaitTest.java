package io.jenkins.plugins.chaosgate.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

    @Test
    void looksAgainUntilTheConditionHolds() {
        AtomicInteger looks = new AtomicInteger();

        Await.until("a third look", Duration.ofSeconds(10), () -> {
            if (looks.incrementAndGet() == 1) {
                throw new IOException("refused");
            }
            return looks.get() == 3;
        });

        assertThat(looks).hasValue(3);
    }

    @Test
    void saysWhatWasExpectedAndWhyItWasNotSo() {
        assertThatThrownBy(() -> Await.until("an answer", Duration.ofMillis(50), () -> {
                    throw new IOException("refused");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("timed out after 0 s: expected an answer")
                .hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> Await.until("an answer", Duration.ZERO, () -> false, () -> " (details)"))
                .hasMessageEndingWith("an answer (details)")
                .hasNoCause();
    }

    @Test
    void endsWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Await.until("nothing", Duration.ofMinutes(1), () -> false))
                .hasMessage("interrupted while waiting: nothing");

        assertThat(Thread.interrupted()).isTrue();
    }
}

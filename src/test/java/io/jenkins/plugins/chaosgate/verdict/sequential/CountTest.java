package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CountTest {

    @Test
    void wordsAndSums() {
        assertThat(Count.of(1, 1).words()).isEqualTo("1 of 1 request");
        assertThat(new Count(3, 31, 392).words()).isEqualTo("3 to 31 of 392 requests");
        assertThat(new Count(1, 2, 3).plus(new Count(10, 20, 30))).isEqualTo(new Count(11, 22, 33));
    }

    @Test
    void refusesImpossibleNumbers() {
        assertThatThrownBy(() -> Count.of(2, 1)).hasMessageContaining("2, 2, 1");
        assertThatThrownBy(() -> Count.of(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Count(2, 1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Count.of(0, Long.MAX_VALUE).plus(Count.of(0, 1)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void confidenceIsSaidInFull() {
        assertThat(new Confidence(0.0001, 0.05).certain()).isEqualTo("certain at 99.99 %");
        assertThat(new Confidence(0.0001, 0.05).holds()).isEqualTo("holds at 95 %");
        assertThatThrownBy(() -> new Confidence(0, 0.05)).hasMessageContaining("0.0 and 0.05");
        assertThatThrownBy(() -> new Confidence(0.05, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.jenkins.plugins.chaosgate.pipeline.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written stays as it is. */
class WrittenTest {

    private final Written written = new Written();

    @Test
    void keepsWhatItIsGiven() {
        written.set("b", "1m");
        written.set("a", 0.5);
        written.set("c", new StringBuilder("x"));
        written.set("d", Map.of("x", 1));
        written.set("e", "a=b", Pairs.SELECTOR);

        assertThat(written.asMap().keySet()).containsExactly("b", "a", "c", "d", "e");
        assertThat(written.get("a")).isEqualTo(0.5);
        assertThat(written.get("c")).isEqualTo("x");
        assertThat(written.get("e")).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void forgetsWhatIsTakenAway() {
        written.set("a", 1);
        written.set("a", null);

        assertThat(written.asMap()).isEmpty();
        assertThat(written.get("a")).isNull();
    }

    @Test
    void takesAWholeNumberForOne() {
        written.set("status", "500");
        written.set("none", "0");

        assertThat(written.asMap()).isEqualTo(Map.of("status", 500, "none", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "-1", "1.10", "1e3", "9999999999", " 5", ""})
    void leavesOtherTextsAsTheyAre(String text) {
        written.set("a", text);

        assertThat(written.get("a")).isEqualTo(text);
    }
}

package io.jenkins.plugins.chaosgate.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectorTest {
    @Test
    void isWrittenAsPromQl() {
        assertThat(Selector.of("up")).hasToString("up");
        assertThat(Selector.of("up").with("job", "a").matching("b", "c.*").notMatching("d", "e"))
                .hasToString("up{job=\"a\",b=~\"c.*\",d!~\"e\"}");
        assertThat(Selector.of("up").withAny("job", List.of("a"))).hasToString("up{job=\"a\"}");
        assertThat(Selector.of("up").withAny("job", List.of("a.b", "c|d"))).hasToString("up{job=~\"a\\\\.b|c\\\\|d\"}");
    }

    @Test
    void hostileValuesStayValues() {
        assertThat(Selector.of("up").with("job", "x\"} or vector(1) #"))
                .hasToString("up{job=\"x\\\"} or vector(1) #\"}");
        assertThat(Selector.of("up").with("job", "\\\"\n\u0000")).hasToString("up{job=\"\\\\\\\"\\n\\x00\"}");
        assertThat(Selector.of("up").withAny("job", List.of(".*", "^$()[]{}+?\\")))
                .hasToString("up{job=~\"\\\\.\\\\*|" + "\\\\^\\\\$\\\\(\\\\)\\\\[\\\\]\\\\{\\\\}\\\\+\\\\?\\\\\\\\\"}");
    }

    @Test
    void namesMustBeNames() {
        assertThatThrownBy(() -> Selector.of("up{")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Selector.of("up").with("a=\"b\",c", "d")).isInstanceOf(IllegalArgumentException.class);
    }
}

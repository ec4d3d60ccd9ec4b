package io.jenkins.plugins.chaosgate.pipeline.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps in text fields. */
class PairsTest {

    @Test
    void readASelector() {
        assertThat(Pairs.SELECTOR.read(" app = reviews ,version=v2,,"))
                .isEqualTo(Map.of("app", "reviews", "version", "v2"));
        assertThat(Pairs.SELECTOR.read("app=")).isEqualTo(Map.of("app", ""));
        assertThat(Pairs.SELECTOR.read(new StringBuilder("a=b"))).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void readLines() {
        assertThat(Pairs.LINES.read("x-a=b, c\r\n\n x-d=e=f\n")).isEqualTo(Map.of("x-a", "b, c", "x-d", "e=f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "app", "=v", "app=a,b", "a=b,a=b", ","})
    void leaveToTheLanguageWhatIsNone(String text) {
        assertThat(Pairs.SELECTOR.read(text)).isEqualTo(text);
    }

    @Test
    void leaveOtherThingsAlone() {
        assertThat(Pairs.SELECTOR.read(null)).isNull();
        assertThat(Pairs.SELECTOR.read(Map.of("a", 1))).isEqualTo(Map.of("a", 1));
        assertThat(Pairs.SELECTOR.read(5)).isEqualTo(5);
        assertThat(Pairs.LINES.write(null)).isNull();
        assertThat(Pairs.LINES.write(List.of())).isEqualTo(List.of());
    }

    @Test
    void writeWhatTheyRead() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", "x");
        map.put("a", 2);

        assertThat(Pairs.SELECTOR.write(map)).isEqualTo("b=x,a=2");
        assertThat(Pairs.LINES.write(map)).isEqualTo("b=x\na=2");
        assertThat(Pairs.LINES.read(Pairs.LINES.write(Map.of("a", "b=c,d")))).isEqualTo(Map.of("a", "b=c,d"));
    }
}

package io.jenkins.plugins.chaosgate.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that keep every view safe, held by reading the views themselves. */
class PageSourcesTest {

    static List<Path> views() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            return files.filter(file -> file.toString().endsWith(".jelly")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void escapesAllButTheCharts(Path view) throws IOException {
        String source = Files.readString(view);

        assertThat(source).startsWith("<?jelly escape-by-default='true'?>");
        Matcher raw =
                Pattern.compile("<(j:out|st:out|x:[a-z]+)[^>]*>|escapeText").matcher(source);
        while (raw.find()) {
            assertThat(raw.group()).isEqualTo("<j:out value=\"${view.chart(i)}\"/>");
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void hasNeitherScriptNorStyleInIt(Path view) throws IOException {
        assertThat(Files.readString(view))
                .doesNotContainPattern("(?i)<(script|style)\\b")
                .doesNotContainPattern("(?i)\\s(on[a-z]+|style)=");
    }
}

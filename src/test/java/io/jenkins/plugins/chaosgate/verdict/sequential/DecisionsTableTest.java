package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of how many requests are needed in docs/decisions.md is what the code asks for. */
class DecisionsTableTest {

    private static final double BETA = Confidence.DEFAULT.beta();

    @Test
    void saysHowManyRequestsAreNeeded() throws IOException {
        List<List<String>> rows = rows();
        assertThat(rows).hasSizeGreaterThan(5);
        for (List<String> row : rows) {
            double limit = Double.parseDouble(row.get(0).replace(" %", "")) / 100;
            assertThat(row.subList(1, row.size()))
                    .as(row.get(0))
                    .containsExactly(
                            number(SampleSize.toShow(limit, BETA)),
                            number(SampleSize.toPassEarly(limit, BETA)),
                            violatedAt(limit, 5),
                            violatedAt(limit, 2));
        }
    }

    private static List<List<String>> rows() throws IOException {
        String all = Files.readString(Path.of("docs/decisions.md"));
        String section =
                all.substring(all.indexOf("## How many requests are needed"), all.indexOf("The second column is"));
        return section.lines()
                .filter(line -> line.matches("\\| [0-9.]+ % \\|.*"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** With bad requests that come evenly, one in each poll, and nothing said of bursts. */
    private static String violatedAt(double limit, int times) {
        long poll = Math.round(1 / (times * limit));
        LimitState state = LimitState.fresh(limit, Confidence.DEFAULT, Burstiness.NONE, Burstiness.USUAL);
        while (state.decision() != Decision.VIOLATED) {
            state = state.plus(Count.of(1, poll));
        }
        return number(state.sum().total()) + " (" + state.sum().surelyBad() + ")";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

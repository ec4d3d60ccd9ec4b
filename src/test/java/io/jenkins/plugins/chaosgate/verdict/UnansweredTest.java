package io.jenkins.plugins.chaosgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests that no pod answered, and what is said of them. */
class UnansweredTest {

    @Test
    void namesWhatEachFlagMeans() {
        Unanswered unanswered = new Unanswered(Map.of("UH", 860L, "UF", 7L), 867, 0);
        assertThat(unanswered.all()).isEqualTo(867);
        assertThat(unanswered.words())
                .isEqualTo("867 answered by no pod (7 UF, no connection; 860 UH, no healthy endpoint: "
                        + "none is ready, or all are ejected by outlier detection)");
    }

    @Test
    void aFlagWithoutAKnownMeaningIsToldByItsLetters() {
        assertThat(new Unanswered(Map.of("XY", 3L), 3, 0).words()).isEqualTo("3 answered by no pod (3 XY)");
    }

    @Test
    void saysHowManySurelyCountWhereNotAllDo() {
        assertThat(new Unanswered(Map.of("NR", 10L), 9, 0).words())
                .endsWith("; 9 of them surely of those that are judged)");
    }

    @Test
    void givenUpRequestsAreToldBesideTheFailedOnes() {
        assertThat(new Unanswered(Map.of("UT", 2L), 2, 1).words())
                .isEqualTo("2 answered by no pod (2 UT, timed out), 1 given up by its caller");
        assertThat(new Unanswered(Map.of(), 0, 2).words()).isEqualTo("2 given up by their callers");
    }

    @Test
    void isNoneOnlyWhereEveryRequestWasAnswered() {
        assertThat(new Unanswered(Map.of(), 0, 0).isNone()).isTrue();
        assertThat(new Unanswered(Map.of(), 0, 1).isNone()).isFalse();
        assertThat(new Unanswered(Map.of("UH", 1L), 0, 0).isNone()).isFalse();
    }

    @Test
    void numbersThatCannotBeAreRefused() {
        Map<String, Long> three = Map.of("UH", 1L, "UF", 2L);
        assertThatThrownBy(() -> new Unanswered(three, 4, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 4, 3 and 0");
        assertThatThrownBy(() -> new Unanswered(three, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Unanswered(three, 3, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}

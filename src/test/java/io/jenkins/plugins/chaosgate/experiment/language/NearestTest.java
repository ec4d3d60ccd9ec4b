package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was probably meant. */
class NearestTest {

    @ParameterizedTest
    @CsvSource({
        "fro,from",
        "fromm,from",
        "frim,from",
        "form,from", // two neighbours swapped: one slip, though two letters differ
        "FROM,from",
        "max-active,maxActive",
        "mxactve,maxActive",
        "mxctv,''",
        "prot,port",
        "actve_max,''",
        "active,maxActive",
        "p,''",
        "unrelated,''",
        "'',''",
        "maxActivemaxActivemaxActivemaxActivemaxActive,''",
    })
    void isTheWordWithTheFewestSlips(String text, String word) {
        assertThat(Nearest.to(text, List.of("port", "from", "maxActive"))).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"mun,min", "mux,max", "ma,max"})
    void prefersTheNearestOfSeveral(String text, String word) {
        assertThat(Nearest.to(text, List.of("min", "max"))).isEqualTo(word);
    }
}

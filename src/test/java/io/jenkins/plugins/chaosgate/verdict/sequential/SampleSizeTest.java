package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleSizeTest {

    @ParameterizedTest
    @CsvSource({"0.01, 0.05, 299", "0.001, 0.05, 2995", "0.1, 0.05, 29", "0.01, 0.01, 459", "0.5, 0.05, 5"})
    void theFewestThatCouldShowIt(double limit, double beta, long requests) {
        assertThat(SampleSize.toShow(limit, beta)).isEqualTo(requests);
        assertThat(Math.pow(1 - limit, requests)).isLessThanOrEqualTo(beta);
        assertThat(Math.pow(1 - limit, requests - 1)).isGreaterThan(beta);
    }

    @ParameterizedTest
    @CsvSource({"0.000001, 0.05", "0.001, 0.05", "0.01, 0.05", "0.01, 0.001", "0.3, 0.05", "0.9, 0.05"})
    void theFewestForAnEarlyPassIsExact(double limit, double beta) {
        long requests = SampleSize.toPassEarly(limit, beta);
        LimitTest test = new LimitTest(limit);
        assertThat(test.logEvidenceBelow(0, requests)).isGreaterThanOrEqualTo(-Math.log(beta));
        assertThat(test.logEvidenceBelow(0, requests - 1)).isLessThan(-Math.log(beta));
        assertThat(requests).isGreaterThanOrEqualTo(SampleSize.toShow(limit, beta));
    }

    @Test
    void refusesWhatIsNoShare() {
        assertThatThrownBy(() -> SampleSize.toShow(0, 0.05)).hasMessageContaining("limit between 0 and 1");
        assertThatThrownBy(() -> SampleSize.toShow(0.1, 1)).hasMessageContaining("beta between 0 and 1");
        assertThatThrownBy(() -> SampleSize.toPassEarly(0.1, 0)).hasMessageContaining("beta between 0 and 1");
    }
}

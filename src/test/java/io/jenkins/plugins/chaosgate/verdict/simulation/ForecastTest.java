package io.jenkins.plugins.chaosgate.verdict.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Thresholds that compare the canary with the stable version are simulated with both. */
class ForecastTest {
    private static final String COMPARED = "{errorRate: {of: reviews, compareTo: stable, maxRatio: 2%s}}";

    private static Optional<Forecast> forecast(String ownLimit, double stablePerSecond, double stableBad) {
        Experiment experiment = ExperimentReader.read(
                "plan.yaml",
                """
                name: a plan
                target: {namespace: bookinfo, canary: {app: reviews, version: v2}, stable: {app: reviews, version: v1}}
                controlRun: true
                steadyState: [%s]
                watch: {duration: 5m, interval: 5s}
                """
                        .formatted(COMPARED.formatted(ownLimit)),
                Map.of());
        Traffic stable = new Traffic(stablePerSecond, stableBad, 1);
        return Forecast.of(experiment.steadyState().get(0), experiment.watch(), 20, 1, stable, 300, 1);
    }

    private static double stopped(Forecast forecast, double degree) {
        return forecast.rows().stream()
                .filter(row -> row.degree() == degree)
                .findFirst()
                .orElseThrow()
                .outcomes()
                .stopped();
    }

    @Test
    void aCanaryWorseThanTheStableVersionAllowsIsStoppedAndOneAsGoodIsNot() {
        Forecast forecast = forecast("", 20, 0.01).orElseThrow();
        assertThat(forecast.limit()).isEqualTo(0.02);
        assertThat(stopped(forecast, 0.5)).isZero();
        assertThat(stopped(forecast, 1)).isLessThan(0.02);
        assertThat(stopped(forecast, 5)).isGreaterThan(0.95);
    }

    @Test
    void littleTrafficOfTheStableVersionMakesItHarderToTell() {
        Forecast much = forecast("", 20, 0.01).orElseThrow();
        Forecast little = forecast("", 0.5, 0.01).orElseThrow();
        assertThat(stopped(little, 3)).isLessThan(stopped(much, 3) - 0.2);
    }

    @Test
    void theLowerOneOfTwoLimitsIsTheOneThatCounts() {
        assertThat(forecast(", max: 1.5%", 20, 0.01).orElseThrow().limit()).isEqualTo(0.015);
        assertThat(forecast(", max: 3%", 20, 0.01).orElseThrow().limit()).isEqualTo(0.02);
        assertThat(forecast("", 20, 0.5)).as("everything may be bad").isEmpty();
    }

    private static Outcomes ofAGoodCanary(String watch) {
        Experiment experiment = ExperimentReader.read(
                "plan.yaml",
                """
                name: a plan
                target: {namespace: bookinfo, canary: {app: reviews}}
                controlRun: true
                steadyState: [{errorRate: {of: reviews, max: 1%, burstiness: 1}}]
                watch: {duration: 2m, interval: 5s WATCH}
                """
                        .replace("WATCH", watch),
                Map.of());
        Traffic nobody = new Traffic(10, 0.01, 1);
        return Forecast.of(experiment.steadyState().get(0), experiment.watch(), 20, 1, nobody, 50, 1)
                .orElseThrow()
                .rows()
                .get(0)
                .outcomes();
    }

    @Test
    void nobodyPassesEarlyUnlessThatIsAskedFor() {
        assertThat(ofAGoodCanary("").passedEarly()).isZero();
        assertThat(ofAGoodCanary("").endedInconclusive()).isZero();
        Outcomes asked = ofAGoodCanary(", earlyPass: true, minUnderFault: 50s");
        assertThat(asked.passedEarly()).isEqualTo(1);
        assertThat(asked.passedWithin(1)).hasValue(Duration.ofSeconds(50));
    }
}

package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.language.Amounts;
import io.jenkins.plugins.chaosgate.verdict.simulation.Forecast;
import io.jenkins.plugins.chaosgate.verdict.simulation.Traffic;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chaos-gate plan FILE --rate 10/s}: whether the time under the fault is long enough. Asks nobody: it simulates. */
@Command(
        name = "plan",
        description =
                "Tells by simulation how soon a gate would notice a bad canary, and how often it would stop a good "
                        + "one. Needs no cluster.")
final class PlanCommand implements Callable<Integer> {

    private static final int MOST_GATES = 1_000_000;

    private final Surroundings surroundings;

    @Mixin
    private ExperimentOptions experimentOptions;

    @Option(
            names = "--rate",
            required = true,
            paramLabel = "N/s",
            description = "How many requests of those that are judged come, such as 10/s or 300/m.")
    private String rate;

    @Option(
            names = "--stable-rate",
            paramLabel = "N/s",
            description =
                    "How many come to the stable version, for thresholds that compare with it. Default: as --rate.")
    private String stableRate;

    @Option(
            names = "--stable-bad",
            paramLabel = "N",
            description = "How many percent of these are bad, above 0 and below 100. Default: 1.")
    private double stableBad = 1;

    @Option(
            names = "--burstiness",
            paramLabel = "N",
            description =
                    "How much bad requests come in bursts: variance over mean, 1 or more. Default: 1, not at all.")
    private double burstiness = 1;

    @Option(names = "--gates", paramLabel = "N", description = "How many gates to simulate. Default: 2000.")
    private int gates = 2000;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same figures. Default: 1.")
    private long seed = 1;

    PlanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Experiment experiment = experimentOptions.read();
        double perSecond = rate("--rate", rate);
        double stablePerSecond = stableRate == null ? perSecond : rate("--stable-rate", stableRate);
        if (!(stableBad > 0 && stableBad < 100)) {
            throw new UsageException("--stable-bad is a number above 0 and below 100, not " + stableBad);
        }
        if (!(burstiness >= 1 && burstiness <= 1000)) {
            throw new UsageException("--burstiness is a number from 1 to 1000, not " + burstiness);
        }
        if (gates < 1 || gates > MOST_GATES) {
            throw new UsageException("--gates is a number from 1 to " + MOST_GATES + ", not " + gates);
        }
        Traffic stable = new Traffic(stablePerSecond, stableBad / 100, burstiness);
        PlanTable table = new PlanTable(experiment.watch(), perSecond, stable, surroundings.out());
        table.begin(experiment, burstiness, gates, seed);
        for (Threshold threshold : experiment.steadyState()) {
            Forecast.of(threshold, experiment.watch(), perSecond, burstiness, stable, gates, seed)
                    .ifPresentOrElse(table::print, () -> table.notSimulated(threshold));
        }
        return ExitStatus.PASSED;
    }

    private static double rate(String option, String text) {
        return Amounts.rate(text)
                .orElseThrow(() -> new UsageException(
                        option + " is a rate with its unit, such as 10/s or 300/m, not '" + text + "'"));
    }
}

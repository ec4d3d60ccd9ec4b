package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Unit;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.report.Clean;
import io.jenkins.plugins.chaosgate.verdict.Limits;
import io.jenkins.plugins.chaosgate.verdict.Needs;
import io.jenkins.plugins.chaosgate.verdict.simulation.Forecast;
import io.jenkins.plugins.chaosgate.verdict.simulation.Outcomes;
import io.jenkins.plugins.chaosgate.verdict.simulation.Traffic;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Forecasts as tables for people, a table for each threshold. */
final class PlanTable {

    private static final String COLUMNS = "  %-32s %-20s %-20s %s%n";

    private final Watch watch;
    private final double perSecond;
    private final Traffic stable;
    private final PrintStream out;

    PlanTable(Watch watch, double perSecond, Traffic stable, PrintStream out) {
        this.watch = watch;
        this.perSecond = perSecond;
        this.stable = stable;
        this.out = out;
    }

    void begin(Experiment experiment, double burstiness, int gates, long seed) {
        out.println(Clean.line(experiment.name()));
        out.println(Unit.PER_SECOND.format(perSecond)
                + (burstiness > 1 ? ", bad ones in bursts of " + Unit.NUMBER.format(burstiness) : "")
                + "; a look each " + Units.duration(watch.interval()) + "; " + Units.duration(watch.duration())
                + " under the fault; " + gates + " gates a line, seed " + seed);
    }

    void print(Forecast forecast) {
        title(forecast.threshold());
        Needs.of(forecast.threshold(), watch, perSecond)
                .ifPresent(needs -> out.println("  " + Clean.line(needs.words(watch))));
        if (forecast.threshold().judging().maxRatio().isPresent()) {
            out.println("  beside the stable version's " + Unit.PER_SECOND.format(stable.perSecond()) + ", "
                    + Unit.FRACTION.format(stable.badShare()) + " of them bad");
        }
        out.printf(COLUMNS, "bad requests", "stopped, half after", "passed, half after", "inconclusive");
        forecast.rows().forEach(row -> print(forecast, row));
    }

    void notSimulated(Threshold threshold) {
        title(threshold);
        out.println("  not simulated: it is not decided by a number of bad requests, or allows any");
    }

    private void title(Threshold threshold) {
        out.println();
        out.println(Clean.line(threshold.title() + ", limit " + Limits.words(threshold)));
    }

    private void print(Forecast forecast, Forecast.Row row) {
        Outcomes outcomes = row.outcomes();
        out.printf(
                COLUMNS,
                who(forecast, row.degree()),
                cell(outcomes.stopped(), outcomes.stoppedWithin(0.5)),
                cell(1 - outcomes.stopped() - outcomes.endedInconclusive(), passedWithin(outcomes)),
                percent(outcomes.endedInconclusive()));
    }

    /** Those that do not pass early pass when time is up. */
    private Optional<Duration> passedWithin(Outcomes outcomes) {
        boolean half = 1 - outcomes.stopped() - outcomes.endedInconclusive() >= 0.5;
        return half ? Optional.of(outcomes.passedWithin(0.5).orElse(watch.duration())) : Optional.empty();
    }

    private static String who(Forecast forecast, double degree) {
        String share = Unit.FRACTION.format(degree * forecast.limit());
        if (degree == 0) {
            return "none";
        }
        return share + (degree == 1 ? " (at the limit)" : " (" + Unit.NUMBER.format(degree) + " × the limit)");
    }

    private static String cell(double share, Optional<Duration> half) {
        return percent(share) + half.map(time -> ", " + Units.duration(time)).orElse("");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", Math.abs(share) * 100);
    }
}

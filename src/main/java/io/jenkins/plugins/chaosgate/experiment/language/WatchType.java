package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long a gate looks, and how often. */
final class WatchType extends ObjectType<Watch> {

    static final DurationType ANY = DurationType.any();

    private static final Field<Watch, Duration> WARMUP = Field.preset(
            "warmup",
            ANY,
            Watch.DEFAULT.warmup(),
            "How long the steady state is watched before the fault goes in.",
            Watch::warmup);
    static final Field<Watch, Duration> DURATION = Field.preset(
            "duration",
            ANY,
            Watch.DEFAULT.duration(),
            "How long the steady state is watched under the fault.",
            Watch::duration);
    private static final Field<Watch, Duration> INTERVAL = Field.preset(
            "interval",
            DurationType.atLeast("interval", Duration.ofMillis(100)),
            Watch.DEFAULT.interval(),
            "The time between two observations; no longer than any other field of the watch.",
            Watch::interval);
    private static final Field<Watch, Duration> RECOVERY = Field.preset(
            "recovery",
            ANY,
            Watch.DEFAULT.recovery(),
            "How long the steady state may take to come back once the fault is out.",
            Watch::recovery);
    private static final Field<Watch, Duration> MISSING_DATA = Field.preset(
            "missingData",
            ANY,
            Watch.DEFAULT.missingData(),
            "How long a threshold may go without an observation.",
            Watch::missingData);

    private static final Field<Watch, Boolean> EARLY_PASS = Field.preset(
            "earlyPass",
            WordType.truth(),
            false,
            "Whether the gate may pass before the duration is over, once every threshold surely holds.",
            Watch::earlyPass);

    /** Without an early pass it is refused, so it is not written then. */
    private static final Field<Watch, Duration> MIN_UNDER_FAULT = new Field<>(
            "minUnderFault",
            ANY,
            false,
            Optional.of(Watch.LEAST_UNDER_FAULT),
            "How long the steady state is watched under the fault at least, however clear it is that it holds; goes"
                    + " with earlyPass.",
            watch -> Optional.of(watch.minUnderFault()).filter(least -> watch.earlyPass()));

    private static final Field<Watch, Double> ALPHA = Field.preset(
            "alpha",
            new ErrorChanceType(),
            Watch.DEFAULT.alpha(),
            "How often a canary that keeps a limit may be called violated at the most.",
            Watch::alpha);
    private static final Field<Watch, Double> BETA = Field.preset(
            "beta",
            new ErrorChanceType(),
            Watch.DEFAULT.beta(),
            "How often one that does not keep a limit may pass early at the most.",
            Watch::beta);

    WatchType() {
        super(
                "watch",
                "How long a gate looks, how often, and how certain it wants to be.",
                Watch.class,
                List.of(WARMUP, DURATION, INTERVAL, RECOVERY, MISSING_DATA, EARLY_PASS, MIN_UNDER_FAULT, ALPHA, BETA));
    }

    @Override
    void check(Values values) {
        Optional<Duration> interval = values.find(INTERVAL);
        for (Field<Watch, Duration> field : List.of(WARMUP, DURATION, RECOVERY, MISSING_DATA)) {
            Optional<Duration> whole = values.find(field);
            if (interval.isPresent() && whole.isPresent() && whole.get().compareTo(interval.get()) < 0) {
                values.wrong(
                        values.isWritten(field) ? field : INTERVAL,
                        field.name() + " of " + Units.duration(whole.get()) + " is shorter than the interval of "
                                + Units.duration(interval.get()),
                        "an interval that fits into it");
            }
        }
        if (values.isWritten(MIN_UNDER_FAULT)) {
            checkLeast(values);
        }
    }

    private static void checkLeast(Values values) {
        Optional<Duration> least = values.find(MIN_UNDER_FAULT);
        Optional<Duration> most = values.find(DURATION);
        if (!values.find(EARLY_PASS).orElse(true)) {
            values.wrong(
                    MIN_UNDER_FAULT,
                    "minUnderFault where the gate watches its whole duration",
                    "'earlyPass: true' beside it, or no minUnderFault");
        } else if (least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) > 0) {
            values.wrong(
                    MIN_UNDER_FAULT,
                    "it is longer than the duration of " + Units.duration(most.get()),
                    "at most the duration");
        }
    }

    @Override
    Watch make(Values values) {
        return new Watch(
                values.get(WARMUP),
                values.get(DURATION),
                values.get(INTERVAL),
                values.get(RECOVERY),
                values.get(MISSING_DATA),
                values.get(EARLY_PASS),
                shorter(values.get(MIN_UNDER_FAULT), values.get(DURATION)),
                values.get(ALPHA),
                values.get(BETA));
    }

    /** The preset must not be longer than a short watch, or the experiment could not be written down and read again. */
    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long a gate looks, and how often. */
final class WatchType extends ObjectType<Watch> {

    private static final DurationType ANY = DurationType.any();

    private static final Field<Watch, Duration> WARMUP = Field.preset(
            "warmup",
            ANY,
            Watch.DEFAULT.warmup(),
            "How long the steady state is watched before the fault goes in.",
            Watch::warmup);
    private static final Field<Watch, Duration> DURATION = Field.preset(
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

    WatchType() {
        super(
                "watch",
                "How long a gate looks, and how often.",
                Watch.class,
                List.of(WARMUP, DURATION, INTERVAL, RECOVERY, MISSING_DATA));
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
    }

    @Override
    Watch make(Values values) {
        return new Watch(
                values.get(WARMUP),
                values.get(DURATION),
                values.get(INTERVAL),
                values.get(RECOVERY),
                values.get(MISSING_DATA));
    }
}

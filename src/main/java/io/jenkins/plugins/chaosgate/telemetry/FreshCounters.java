package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.counting.Freshness;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Selector;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.util.Optional;
import java.util.function.Function;

/** Why counters say nothing of a window: there are none, they are old, or some of them are not told. */
final class FreshCounters {

    private FreshCounters() {}

    /** Empty where they do say something. */
    static Optional<NoData> missing(Selector selector, Counters counters, Window window) {
        if (counters.all().isEmpty()) {
            return Optional.of(new NoData(Why.NO_SERIES, "no series matches " + Quote.line(selector.toString(), 400)));
        }
        return Freshness.missing(counters.all(), window).or(() -> UntoldProxies.of(counters));
    }

    /** A question to one selector that is answered only where its counters say something. */
    static CounterQuestion question(Selector selector, Window window, Function<Counters, Reading> reader) {
        return CounterQuestion.of(selector, window, counters -> missing(selector, counters, window)
                .<Reading>map(Function.identity())
                .orElseGet(() -> reader.apply(counters)));
    }
}

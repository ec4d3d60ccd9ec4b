package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Selector;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A question that counters answer.
 *
 * @param selectors find the counters; at least one
 * @param window the time over which their samples are needed
 * @param reader makes the reading of what each selector gave, in their order; pure, may throw {@link
 *     io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer}
 */
record CounterQuestion(List<Selector> selectors, Window window, Function<List<Counters>, Reading> reader) {

    CounterQuestion {
        selectors = List.copyOf(selectors);
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(reader, "reader");
    }

    /** A question to the counters of one selector. */
    static CounterQuestion of(Selector selector, Window window, Function<Counters, Reading> reader) {
        return new CounterQuestion(List.of(selector), window, all -> reader.apply(all.get(0)));
    }

    /** The selector of the counters that must be there for an answer. */
    Selector first() {
        return selectors.get(0);
    }
}

package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Window;
import io.jenkins.plugins.chaosgate.telemetry.counting.Counters;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Selector;
import java.util.Objects;
import java.util.function.Function;

/**
 * A question that counters answer.
 *
 * @param selector finds the counters
 * @param window what is asked about
 * @param reader makes the reading of the counters; pure, may throw {@link
 *     io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer}
 */
record CounterQuestion(Selector selector, Window window, Function<Counters, Reading> reader) {
    CounterQuestion {
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(reader, "reader");
    }
}

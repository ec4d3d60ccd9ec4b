package io.jenkins.plugins.chaosgate.telemetry.dialect;

import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The counters that tell how many requests a fault hurt.
 *
 * @param selector finds them, and maybe others beside that show that the calls in question are counted at all
 * @param sign what tells a request that was hurt, in words: two faults with the same selector and sign are counted together
 * @param hurt which of them are of requests that were hurt, by their labels
 * @param calls which of them are of all calls that the fault might have hurt but for its percentage and headers; none where
 *     only the hurt ones are counted
 */
public record InjectionSeries(
        Selector selector, String sign, Predicate<Map<String, String>> hurt, Predicate<Map<String, String>> calls) {
    public InjectionSeries {
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(sign, "sign");
        Objects.requireNonNull(hurt, "hurt");
        Objects.requireNonNull(calls, "calls");
    }
}

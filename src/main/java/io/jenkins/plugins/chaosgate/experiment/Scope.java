package io.jenkins.plugins.chaosgate.experiment;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Whose requests a fault hurts. Which way it points follows from its ends: calls of the canary (or of the workload
 * {@code from}) to another service are a <em>dependency fault</em>; calls to a service that the canary itself is behind
 * are an <em>inbound fault</em>, of the callers {@code from}, or of every caller where {@code from} is empty.
 *
 * @param from labels of the calling workload, in the target's namespace; empty means the canary (dependency fault) or
 *     every caller (inbound fault)
 * @param to the service that is called
 * @param port the port of that service; empty means its only HTTP port, or all of them
 * @param headers only requests that carry all of these headers with exactly these values; empty means all
 * @param percentage how many of the requests in scope are hurt
 * @param maxActive how many requests may be hurt at the same time; empty means no cap. Envoy caps delays, not aborts
 */
public record Scope(
        Map<String, String> from,
        ServiceName to,
        OptionalInt port,
        Map<String, String> headers,
        Percentage percentage,
        OptionalInt maxActive) {

    public Scope {
        from = Labels.copyOf(from);
        Objects.requireNonNull(to, "to");
        headers = Labels.copyOf(headers);
        Objects.requireNonNull(percentage, "percentage");
    }

    /** {@code 50 % of calls to details with x-tester: canary}. */
    String describe(String targetNamespace) {
        StringBuilder text = new StringBuilder(percentage + " of calls");
        if (!from.isEmpty()) {
            text.append(" from ").append(Labels.toSelector(from));
        }
        text.append(" to ").append(to.shortFor(targetNamespace));
        port.ifPresent(number -> text.append(":").append(number));
        headers.forEach(
                (name, value) -> text.append(" with ").append(name).append(": ").append(value));
        return text.toString();
    }
}

package io.jenkins.plugins.chaosgate.telemetry.dialect;

import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import java.util.Arrays;
import java.util.Map;

/** Envoy's response flags, as Istio puts them into the label {@code response_flags}: {@code DI,FI}. */
final class ResponseFlags {
    /** A fault answered the request. */
    static final String FAULT_ABORTED = "FI";
    /** A fault delayed the request. */
    static final String FAULT_DELAYED = "DI";

    private ResponseFlags() {}

    /**
     * Whether one of the flags, as a whole, is that one.
     *
     * @throws NoAnswer where there is no such label, which Istio gives to every request: what a fault hurt would be taken for
     *     the canary's own, or for nothing at all
     */
    static boolean have(Map<String, String> labels, String flag) {
        String flags = labels.getOrDefault("response_flags", "");
        if (flags.isEmpty()) {
            throw new NoAnswer(
                    Why.GARBAGE,
                    "expected the label response_flags on every series of Istio's requests, found one without; what a"
                            + " fault hurts cannot be told without it: keep it in the mesh's telemetry and in the"
                            + " relabelling of the scrapes");
        }
        return Arrays.asList(flags.split(",")).contains(flag);
    }
}

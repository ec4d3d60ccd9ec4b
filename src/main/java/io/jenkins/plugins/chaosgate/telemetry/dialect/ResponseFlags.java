package io.jenkins.plugins.chaosgate.telemetry.dialect;

import java.util.Arrays;
import java.util.Map;

/** Envoy's response flags, as Istio puts them into the label {@code response_flags}: {@code DI,FI}. */
final class ResponseFlags {
    /** A fault answered the request. */
    static final String FAULT_ABORTED = "FI";
    /** A fault delayed the request. */
    static final String FAULT_DELAYED = "DI";

    private ResponseFlags() {}

    /** Whether one of the flags, as a whole, is that one. */
    static boolean have(Map<String, String> labels, String flag) {
        return Arrays.asList(labels.getOrDefault("response_flags", "").split(","))
                .contains(flag);
    }
}

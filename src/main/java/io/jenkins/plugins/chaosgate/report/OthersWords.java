package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import java.util.OptionalLong;

/** What became of requests out of the faults' scope, for people. */
public final class OthersWords {

    private OthersWords() {}

    /** A sentence; empty where nobody could count them. */
    public static String of(GateSnapshot gate) {
        return gate.others()
                .map(others -> "Out of the faults' scope: " + hurt(others.hurt(), others.requests()) + ".")
                .orElse("");
    }

    /** {@code 0 of 812 requests were hurt}. */
    static String hurt(long hurt, OptionalLong requests) {
        return hurt + (requests.isPresent() ? " of " + requests.getAsLong() : "") + " requests were hurt";
    }
}

package io.jenkins.plugins.chaosgate.gate.port;

import java.util.Objects;

/**
 * Something that preflight saw.
 *
 * @param topic what was looked at, a word or two: {@code permissions}
 * @param text what was found; where something is wrong, also what was expected and what to do
 */
public record Finding(Severity severity, String topic, String text) {

    /** What a finding means for the gate. */
    public enum Severity {
        /** As it should be. */
        OK,
        /** The gate may go on, but people should know. */
        WARNING,
        /** The gate cannot start. */
        ERROR,
        /** The gate cannot start because there would be no evidence: Prometheus does not answer as it should. */
        NO_EVIDENCE
    }

    public Finding {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(text, "text");
    }

    public static Finding ok(String topic, String text) {
        return new Finding(Severity.OK, topic, text);
    }

    public static Finding warning(String topic, String text) {
        return new Finding(Severity.WARNING, topic, text);
    }

    public static Finding error(String topic, String text) {
        return new Finding(Severity.ERROR, topic, text);
    }

    public static Finding noEvidence(String topic, String text) {
        return new Finding(Severity.NO_EVIDENCE, topic, text);
    }

    /** Whether the gate must not start. */
    public boolean stopsTheGate() {
        return severity == Severity.ERROR || severity == Severity.NO_EVIDENCE;
    }
}

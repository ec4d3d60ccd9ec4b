package io.jenkins.plugins.chaosgate.gate.port;

import java.util.Objects;

/**
 * A fault of some gate that is in the cluster.
 *
 * @param change how to take it out
 * @param origin who put it there, as its annotation says; untrusted text, may be empty
 * @param since when, as its annotation says; untrusted text, may be empty
 * @param until when it was to be gone, as its annotation says; untrusted text, may be empty
 */
public record Leftover(Change change, String origin, String since, String until) {

    public Leftover {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
    }
}

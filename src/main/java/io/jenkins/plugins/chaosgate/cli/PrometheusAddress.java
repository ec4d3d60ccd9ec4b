package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.telemetry.dialect.Matchers;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Headers;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Which Prometheus is asked, and how.
 *
 * @param ca a PEM file with the certificates to trust; empty means those of the Java runtime
 * @param headers what every question carries beside the log-in
 * @param dialect {@code istio} or {@code envoy}: whose metrics are counted
 * @param matchers which of its series are of the cluster that is meant
 */
record PrometheusAddress(URI url, Login login, Headers headers, Optional<Path> ca, String dialect, Matchers matchers) {

    PrometheusAddress {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(ca, "ca");
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(matchers, "matchers");
    }

    /** How to log in. Its text form never shows a secret. */
    sealed interface Login {

        /** Prometheus asks for nothing. */
        record None() implements Login {}

        /** A bearer token. */
        record Token(String token) implements Login {
            @Override
            public String toString() {
                return "token";
            }
        }

        /** Basic authentication. */
        record Password(String user, String password) implements Login {
            @Override
            public String toString() {
                return "password";
            }
        }
    }
}

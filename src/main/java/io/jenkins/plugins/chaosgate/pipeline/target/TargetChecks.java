package io.jenkins.plugins.chaosgate.pipeline.target;

import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.language.FieldCheck;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Matchers;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Credentials;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Headers;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PemTrust;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusSettings;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is wrong with a field of a target, in the words of the command line where it has such a field; empty if nothing. */
final class TargetChecks {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private TargetChecks() {}

    static Optional<String> name(String name) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(
                        "expected a name of at most 63 letters, digits, '.', '_' and '-', found " + Quote.of(name));
    }

    static Optional<String> kubernetesUrl(String url) {
        try {
            KubernetesAccess.of(url, user -> {}).at(url);
            return Optional.empty();
        } catch (IOException | IllegalArgumentException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }

    static Optional<String> prometheusUrl(String url) {
        try {
            PrometheusSettings.of(PrometheusAccess.uri(url), Credentials.NONE);
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }

    static Optional<String> prometheusHeaders(String text) {
        try {
            Headers.parse(LineList.of(List.of(text)));
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }

    static Optional<String> matchers(String text) {
        try {
            Matchers.parse(LineList.of(List.of(text)));
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }

    static Optional<String> certificates(String pem) {
        try {
            PemTrust.trusting(pem);
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }

    static Optional<String> namespaces(String text) {
        return WordList.of(List.of(text)).stream()
                .map(word -> word.endsWith("*") ? word.substring(0, word.length() - 1) : word)
                // A beginning may end with '-', which a whole name may not.
                .map(word -> word.replaceAll("-$", ""))
                .filter(word -> !word.isEmpty())
                .flatMap(word -> FieldCheck.value("", "namespace", word).stream())
                .findFirst();
    }

    static Optional<String> webhookHosts(String text) {
        return WordList.of(List.of(text)).stream()
                .filter(word -> !WebhookHosts.isEntry(word))
                .findFirst()
                .map(word -> "expected a host, an address or a range of addresses, with a port or without, such as"
                        + " checks.example:8080 or 10.1.0.0/16, found " + Quote.of(word));
    }

    static Optional<String> objectLabels(String text) {
        return pairs(ObjectPairs.of(List.of(text)), List.of());
    }

    static Optional<String> objectAnnotations(String text) {
        return pairs(List.of(), ObjectPairs.of(List.of(text)));
    }

    private static Optional<String> pairs(List<String> labels, List<String> annotations) {
        try {
            ObjectPairs.metadata(labels, annotations);
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }

    static Optional<String> maxWebhooks(String text) {
        return number(text, 0, 100, "a number of webhooks is");
    }

    static Optional<String> maxDurationSeconds(String text) {
        return number(text, 1, 86_400, "the longest watch is, in whole seconds,");
    }

    static Optional<String> minIntervalSeconds(String text) {
        return number(text, 0, 3_600, "the shortest interval is, in whole seconds,");
    }

    private static Optional<String> number(String text, int least, int most, String what) {
        boolean inRange =
                text.matches("[0-9]{1,6}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most;
        return inRange
                ? Optional.empty()
                : Optional.of(what + " from " + least + " to " + most + ", not " + Quote.of(text));
    }

    static Optional<String> maxLeaseSeconds(String text) {
        boolean inRange = text.matches("[0-9]{1,6}")
                && Integer.parseInt(text) >= Guard.SHORTEST_LEASE.toSeconds()
                && Integer.parseInt(text) <= Guard.LONGEST_LEASE.toSeconds();
        return inRange
                ? Optional.empty()
                : Optional.of("a lease is from " + Units.duration(Guard.SHORTEST_LEASE) + " to "
                        + Units.duration(Guard.LONGEST_LEASE) + ", here in whole seconds, not " + Quote.of(text));
    }
}

package io.jenkins.plugins.chaosgate.pipeline.target;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.ProxyConfiguration;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Credentials;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Headers;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PemTrust;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Where a target's Prometheus is, how to log in there, and whose certificate is believed.
 *
 * @param ca certificates in PEM; empty means those that Java knows
 * @param anybody whether every certificate is believed
 */
record PrometheusAccess(PrometheusSettings settings, Optional<String> ca, boolean anybody) {

    /** {@code X-Api-Key: credentials(prometheus-key)}. */
    private static final Pattern SECRET_HEADER =
            Pattern.compile("([^:\\s]+)\\s*:\\s*credentials\\(\\s*([^()\\s]+)\\s*\\)\\s*");

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /**
     * What the target says of its Prometheus, and the credentials that it names.
     *
     * @throws IOException where something is missing or cannot be used; the message is free of secrets
     */
    static PrometheusAccess of(ClusterTarget target) throws IOException {
        if (target.getPrometheusUrl() == null) {
            throw new IOException("Prometheus: expected its address, found none; without numbers there is no verdict");
        }
        try {
            PrometheusSettings settings = PrometheusSettings.of(uri(target.getPrometheusUrl()), credentials(target))
                    .withHeaders(headers(target));
            Optional<String> ca = Optional.ofNullable(target.getPrometheusCa());
            ca.ifPresent(PemTrust::trusting);
            return new PrometheusAccess(settings, ca, target.isSkipTlsVerify());
        } catch (IllegalArgumentException unusable) {
            throw new IOException("Prometheus: " + unusable.getMessage());
        }
    }

    /** The address stays out of the message: it may hold a password. */
    static URI uri(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "its address is no URL; it should be like https://prometheus.example:9090");
        }
    }

    private static Credentials credentials(ClusterTarget target) throws IOException {
        if (target.getPrometheusCredentialsId() == null) {
            return Credentials.NONE;
        }
        StandardCredentials found = Lookup.find(target.getPrometheusCredentialsId(), target.getPrometheusUrl());
        if (found instanceof StringCredentials token) {
            return Credentials.bearer(token.getSecret().getPlainText());
        }
        if (found instanceof StandardUsernamePasswordCredentials login) {
            return Credentials.basic(login.getUsername(), login.getPassword().getPlainText());
        }
        throw new IOException(
                "Prometheus: expected a secret text (token) or a user name with its password as credentials,"
                        + " found " + found.getClass().getSimpleName());
    }

    private static Headers headers(ClusterTarget target) throws IOException {
        List<String> headers = new ArrayList<>();
        for (String header : target.getPrometheusHeaders()) {
            Matcher named = SECRET_HEADER.matcher(header);
            headers.add(named.matches() ? named.group(1) + ": " + secret(named.group(2), target) : header);
        }
        return Headers.parse(headers);
    }

    private static String secret(String id, ClusterTarget target) throws IOException {
        StandardCredentials found = Lookup.find(id, target.getPrometheusUrl());
        if (found instanceof StringCredentials text) {
            return text.getSecret().getPlainText();
        }
        throw new IOException("Prometheus: expected a secret text as the credentials of a header, found "
                + found.getClass().getSimpleName());
    }

    boolean trustsAsJavaDoes() {
        return !anybody && ca.isEmpty();
    }

    /** Whether it believes anybody's certificate. */
    boolean trustsAnybody() {
        return anybody;
    }

    /** A client that trusts as this says, and goes through Jenkins' proxy where there is one. */
    HttpClient http(Executor executor) {
        HttpClient.Builder builder = plain(executor);
        if (anybody) {
            builder.sslContext(AnyCertificate.trusting());
        } else {
            ca.ifPresent(pem -> builder.sslContext(PemTrust.trusting(pem)));
        }
        return builder.build();
    }

    /** A client for others than this Prometheus: it trusts what Java trusts. */
    HttpClient httpForOthers(Executor executor) {
        return plain(executor).build();
    }

    private static HttpClient.Builder plain(Executor executor) {
        return ProxyConfiguration.newHttpClientBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(executor);
    }
}

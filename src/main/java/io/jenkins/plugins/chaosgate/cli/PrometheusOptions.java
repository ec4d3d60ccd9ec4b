package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.cli.PrometheusAddress.Login;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Matchers;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say where the numbers come from. Secrets come from files, never from the command line itself. */
final class PrometheusOptions {

    private static final List<String> DIALECTS = List.of("istio", "envoy");

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            description = "The Prometheus that scrapes the mesh. Default: $$CHAOS_GATE_PROMETHEUS.")
    private String url;

    @Option(names = "--prometheus-token-file", paramLabel = "FILE", description = "Holds a bearer token for it.")
    private Path tokenFile;

    @Option(names = "--prometheus-user", paramLabel = "NAME", description = "A user for it, with a password file.")
    private String user;

    @Option(names = "--prometheus-password-file", paramLabel = "FILE", description = "Holds that user's password.")
    private Path passwordFile;

    @Option(
            names = "--prometheus-header",
            paramLabel = "NAME: VALUE",
            description = "A header for it, such as 'X-Scope-OrgID: team'; @FILE as value stands for what the file"
                    + " holds. May be given several times, and lines of $$CHAOS_GATE_PROMETHEUS_HEADERS are more.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--prometheus-ca",
            paramLabel = "FILE",
            description = "Certificates (PEM) to trust instead of those that Java knows.")
    private Path ca;

    @Option(
            names = "--metrics",
            paramLabel = "istio|envoy",
            defaultValue = "istio",
            description = "Whose metrics are counted: Istio's standard metrics, or Envoy's own. Default: istio.")
    private String metrics;

    @Option(
            names = "--matcher",
            paramLabel = "LABEL=VALUE",
            description = "Only series with that label are the cluster's, where Prometheus knows several:"
                    + " cluster=staging. May be given several times. Queries of your own stay as they are.")
    private List<String> matchers = new ArrayList<>();

    /**
     * @throws UsageException where something is missing or cannot be used
     */
    PrometheusAddress address(Surroundings surroundings) {
        if (!DIALECTS.contains(metrics)) {
            throw new UsageException("--metrics is istio or envoy, not '" + metrics + "'");
        }
        String address = Optional.ofNullable(url)
                .or(() -> surroundings.variable("CHAOS_GATE_PROMETHEUS"))
                .orElseThrow(() -> new UsageException(
                        "no Prometheus: without numbers there is no verdict; give --prometheus URL or set"
                                + " CHAOS_GATE_PROMETHEUS"));
        if (ca != null && !Files.isReadable(ca)) {
            throw new UsageException("--prometheus-ca: " + ca + " is not a readable file");
        }
        return new PrometheusAddress(
                uri(address), login(), headers(surroundings), Optional.ofNullable(ca), metrics, matchers());
    }

    private Matchers matchers() {
        try {
            return Matchers.parse(matchers);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--matcher: " + e.getMessage());
        }
    }

    private Headers headers(Surroundings surroundings) {
        List<String> all = new ArrayList<>();
        surroundings.variable("CHAOS_GATE_PROMETHEUS_HEADERS").ifPresent(lines -> lines.lines()
                .filter(line -> !line.isBlank())
                .forEach(all::add));
        headers.forEach(header -> all.add(fromFile(header)));
        try {
            return Headers.parse(all);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--prometheus-header: " + e.getMessage());
        }
    }

    private static String fromFile(String header) {
        int colon = header.indexOf(':');
        String value = header.substring(colon + 1).strip();
        return colon > 0 && value.startsWith("@")
                ? header.substring(0, colon) + ": " + secret("--prometheus-header", Path.of(value.substring(1)))
                : header;
    }

    /** The address stays out of the message: it may hold a password. */
    private static URI uri(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new UsageException("--prometheus is no URL; it should be like https://prometheus.example:9090");
        }
    }

    private Login login() {
        if ((user == null) != (passwordFile == null)) {
            throw new UsageException("--prometheus-user and --prometheus-password-file go together: give both or none");
        }
        if (user != null && tokenFile != null) {
            throw new UsageException("give --prometheus-token-file or --prometheus-user, not both");
        }
        if (tokenFile != null) {
            return new Login.Token(secret("--prometheus-token-file", tokenFile));
        }
        return user == null
                ? new Login.None()
                : new Login.Password(user, secret("--prometheus-password-file", passwordFile));
    }

    private static String secret(String option, Path file) {
        try {
            String secret = Files.readString(file).stripTrailing();
            if (secret.isEmpty()) {
                throw new UsageException(option + ": " + file + " is empty");
            }
            return secret;
        } catch (IOException e) {
            throw new UsageException(option + ": " + file + " could not be read as text ("
                    + e.getClass().getSimpleName() + ")");
        }
    }
}

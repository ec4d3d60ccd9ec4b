package io.jenkins.plugins.chaosgate.mesh.cluster;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import io.fabric8.kubernetes.api.model.NamedExtension;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The command of an {@code exec} user, run as kubectl runs it: its standard output is an {@code ExecCredential}, its
 * standard error is ours, so that a warning is seen and does no harm. It gets no standard input.
 */
final class CredentialCommand {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int LARGEST_OUTPUT = 1 << 20;
    private static final String EXEC_EXTENSION = "client.authentication.k8s.io/exec";
    private static final ObjectMapper JSON = new ObjectMapper();

    private CredentialCommand() {}

    /**
     * What the command gave.
     *
     * @param user the kubeconfig's user with these credentials, and without the command
     * @param expires when they do, as the command says; empty where it does not
     */
    record Credentials(AuthInfo user, Optional<Instant> expires) {

        /** A record would print the secrets. */
        @Override
        public String toString() {
            return "Credentials[expires=" + expires + "]";
        }
    }

    /**
     * Runs the command; blocks until it ends, a minute at most.
     *
     * @throws IllegalArgumentException where it gives no credentials; the message holds nothing of its output
     */
    static Credentials run(Kubeconfig kubeconfig) {
        ExecConfig exec = kubeconfig.user().getExec();
        try {
            return read(JSON.readTree(output(exec, request(exec, kubeconfig.cluster()))), kubeconfig.user());
        } catch (JacksonException notJson) {
            throw failed(exec, "its output is not JSON");
        }
    }

    private static String output(ExecConfig exec, String request) {
        List<String> line = new ArrayList<>(List.of(exec.getCommand()));
        line.addAll(Objects.requireNonNullElse(exec.getArgs(), List.of()));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Objects.requireNonNullElse(exec.getEnv(), List.<ExecEnvVar>of()).forEach(variable -> builder.environment()
                .put(variable.getName(), Objects.requireNonNullElse(variable.getValue(), "")));
        builder.environment().put("KUBERNETES_EXEC_INFO", request);
        try {
            return output(exec, builder.start());
        } catch (IOException failure) {
            throw failed(exec, "it could not be run (" + failure.getMessage() + ")");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed(exec, "waiting for it was interrupted");
        }
    }

    private static File nothing() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static String output(ExecConfig exec, Process process) throws IOException, InterruptedException {
        CompletableFuture<Boolean> tooLong = new CompletableFuture<Boolean>()
                .completeOnTimeout(true, LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((late, failure) -> kill(process));
        try (InputStream out = process.getInputStream()) {
            byte[] output = out.readNBytes(LARGEST_OUTPUT + 1);
            if (output.length > LARGEST_OUTPUT) {
                throw failed(exec, "its output is larger than 1 MiB");
            }
            int status = process.waitFor();
            if (tooLong.isDone()) {
                throw failed(exec, "it took longer than " + LONGEST.toSeconds() + " s and was stopped");
            }
            if (status != 0) {
                throw failed(exec, "it ended with status " + status + ", and what it said is on standard error");
            }
            return new String(output, StandardCharsets.UTF_8);
        } finally {
            tooLong.complete(false);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static Credentials read(JsonNode answer, AuthInfo user) {
        ExecConfig exec = user.getExec();
        if (!answer.path("kind").asText().equals("ExecCredential")) {
            throw failed(exec, "its output is not of kind ExecCredential");
        }
        if (!answer.path("apiVersion").asText().equals(exec.getApiVersion())) {
            throw failed(exec, "its output is of another apiVersion than the kubeconfig's, " + exec.getApiVersion());
        }
        JsonNode status = answer.path("status");
        String token = status.path("token").asText("");
        String certificate = status.path("clientCertificateData").asText("");
        String key = status.path("clientKeyData").asText("");
        if (token.isEmpty() && (certificate.isEmpty() || key.isEmpty())) {
            throw failed(exec, "its output has neither a token nor a certificate with its key");
        }
        AuthInfoBuilder with = new AuthInfoBuilder(user).withExec(null);
        if (!token.isEmpty()) {
            with.withToken(token);
        }
        if (!certificate.isEmpty()) {
            with.withClientCertificateData(base64(certificate.getBytes(StandardCharsets.UTF_8)))
                    .withClientKeyData(base64(key.getBytes(StandardCharsets.UTF_8)));
        }
        return new Credentials(
                with.build(), time(status.path("expirationTimestamp").asText("")));
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException untold) {
            return Optional.empty();
        }
    }

    /** What the command is told, as the protocol wants it. */
    private static String request(ExecConfig exec, Cluster cluster) {
        ObjectNode request = Json.object();
        request.put("apiVersion", exec.getApiVersion()).put("kind", "ExecCredential");
        ObjectNode spec = request.putObject("spec").put("interactive", false);
        if (Boolean.TRUE.equals(exec.getProvideClusterInfo())) {
            spec.set("cluster", describe(exec, cluster));
        }
        return request.toString();
    }

    private static ObjectNode describe(ExecConfig exec, Cluster cluster) {
        ObjectNode told = Json.object().put("server", cluster.getServer());
        if (Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify())) {
            told.put("insecure-skip-tls-verify", true);
        }
        if (cluster.getProxyUrl() != null) {
            told.put("proxy-url", cluster.getProxyUrl());
        }
        if (cluster.getCertificateAuthorityData() != null) {
            told.put("certificate-authority-data", cluster.getCertificateAuthorityData());
        } else if (cluster.getCertificateAuthority() != null) {
            try {
                told.put(
                        "certificate-authority-data",
                        base64(Files.readAllBytes(Path.of(cluster.getCertificateAuthority()))));
            } catch (IOException unreadable) {
                throw failed(
                        exec,
                        "the certificate-authority, which it is told, cannot be read (" + unreadable.getMessage()
                                + ")");
            }
        }
        Objects.requireNonNullElse(cluster.getExtensions(), List.<NamedExtension>of()).stream()
                .filter(extension -> EXEC_EXTENSION.equals(extension.getName()))
                .findFirst()
                .ifPresent(extension -> told.set("config", JSON.valueToTree(extension.getExtension())));
        return told;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static IllegalArgumentException failed(ExecConfig exec, String why) {
        String hint = Objects.requireNonNullElse(exec.getInstallHint(), "").strip();
        return new IllegalArgumentException("the command \"" + exec.getCommand()
                + "\" of the kubeconfig gave no credentials: " + why
                + (hint.isEmpty() ? "" : "; its installHint: " + hint));
    }
}

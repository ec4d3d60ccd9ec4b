package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import io.jenkins.plugins.chaosgate.mesh.cluster.CredentialCommand.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Builds clients of the Kubernetes API out of a kubeconfig and nothing else: no environment variable, no file of the
 * user's home, no service account of the pod we may be running in.
 */
public final class ClusterClients {

    private static final int CONNECT_MILLIS = 5_000;
    /**
     * With its retries a call is over within the 30 s that a gate waits for a change. What changes something is sent once only
     * ({@link Cluster}), and the server is told to take no longer, either.
     */
    private static final int REQUEST_MILLIS = 9_000;

    /** More than any controller's threads ask at once. */
    private static final int REQUESTS_AT_ONCE = 64;

    private static final int RETRIES = 2;
    private static final int RETRY_MILLIS = 100;
    /** Shorter than any cloud's tokens live; a gate may well run longer than one of them. */
    private static final Duration COMMAND_TOKEN_LIFE = Duration.ofMinutes(5);

    private ClusterClients() {}

    /**
     * A client for the context; the caller closes it. Runs the command of an {@code exec} user, where the kubeconfig was
     * allowed to have one; does not ask the cluster anything.
     *
     * @throws IllegalArgumentException where that command, or a file that the kubeconfig names, gives no credentials
     */
    public static KubernetesClient connect(Kubeconfig kubeconfig) {
        Optional<Credentials> given = Optional.of(kubeconfig)
                .filter(asked -> asked.user().getExec() != null)
                .map(CredentialCommand::run);
        Kubeconfig whole =
                given.map(credentials -> kubeconfig.with(credentials.user())).orElse(kubeconfig);
        Config base = readable(() -> Config.fromKubeconfig(whole.toYaml()));
        tokens(kubeconfig, given).ifPresent(base::setOauthTokenProvider);
        Impersonation.into(base, whole.user());
        String proxy = whole.cluster().getProxyUrl();
        if (proxy != null && !proxy.isEmpty()) {
            // By itself the client asks a proxy only for a server of the proxy's own scheme.
            base.setHttpProxy(ProxyAddress.of(proxy));
            base.setHttpsProxy(ProxyAddress.of(proxy));
        }
        Config config = new ConfigBuilder(base)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(RETRIES)
                .withRequestRetryBackoffInterval(RETRY_MILLIS)
                // What waits for a connection of this client would be sent however late that is.
                .withMaxConcurrentRequests(REQUESTS_AT_ONCE)
                .withMaxConcurrentRequestsPerHost(REQUESTS_AT_ONCE)
                // The API takes the field manager of a created object from what stands before the slash.
                .withUserAgent(Cluster.FIELD_MANAGER + "/1")
                .build();
        return readable(() -> new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new DirectHttp())
                .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor("chaos-gate-uid", Impersonation.uid(whole.user()))
                                .addOrReplaceInterceptor("chaos-gate-limit", new AnswerLimit(AnswerLimit.LARGEST))
                                .addOrReplaceInterceptor(
                                        ServerTimeout.NAME, new ServerTimeout(Duration.ofMillis(REQUEST_MILLIS))))
                .build());
    }

    /** The client's own messages may quote what it could not read, keys among it. */
    private static <T> T readable(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException failure) {
            Throwable deepest = failure;
            while (deepest.getCause() != null) {
                deepest = deepest.getCause();
            }
            throw new IllegalArgumentException("the credentials of the kubeconfig could not be read ("
                    + deepest.getClass().getSimpleName() + "): check its keys, certificates and files");
        }
    }

    private static Optional<OAuthTokenProvider> tokens(Kubeconfig kubeconfig, Optional<Credentials> given) {
        String file = kubeconfig.user().getTokenFile();
        if (file != null && !file.isEmpty()) {
            return Optional.of(() -> tokenIn(Path.of(file)));
        }
        return given.filter(credentials -> credentials.user().getToken() != null)
                .map(credentials -> new ExpiringToken(
                        life(credentials),
                        credentials.user().getToken(),
                        () -> CredentialCommand.run(kubeconfig).user().getToken()));
    }

    /** How long a command's token is used; no longer than it says that it may be. */
    private static Duration life(Credentials credentials) {
        return credentials
                .expires()
                .map(end -> Duration.between(Instant.now(), end))
                .filter(left -> left.compareTo(COMMAND_TOKEN_LIFE) < 0)
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .orElse(COMMAND_TOKEN_LIFE);
    }

    private static String tokenIn(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new IllegalArgumentException(
                    "the token file of the kubeconfig cannot be read ("
                            + failure.getClass().getSimpleName() + "): " + file,
                    failure);
        }
    }
}

package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Builds clients of the Kubernetes API out of a kubeconfig and nothing else: no environment variable, no file of the
 * user's home, no service account of the pod we may be running in.
 */
public final class ClusterClients {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 10_000;
    private static final int RETRIES = 1;
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
        Config config = new ConfigBuilder(base(kubeconfig))
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(RETRIES)
                .withRequestRetryBackoffInterval(RETRY_MILLIS)
                // The API takes the field manager of a created object from what stands before the slash.
                .withUserAgent(Cluster.FIELD_MANAGER + "/1")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Config base(Kubeconfig kubeconfig) {
        Config config = read(kubeconfig);
        tokens(kubeconfig, config).ifPresent(config::setOauthTokenProvider);
        // The client does not read these by itself, and to leave them out would be to ask with more power than meant.
        config.setImpersonateUsername(kubeconfig.user().getAs());
        if (kubeconfig.user().getAsGroups() != null) {
            config.setImpersonateGroups(kubeconfig.user().getAsGroups().toArray(String[]::new));
        }
        return config;
    }

    private static Config read(Kubeconfig kubeconfig) {
        Config config;
        try {
            config = Config.fromKubeconfig(kubeconfig.toYaml());
        } catch (RuntimeException failure) {
            throw new IllegalArgumentException(
                    "the credentials of the kubeconfig could not be read: check its keys, certificates and exec command");
        }
        if (kubeconfig.user().getExec() != null
                && config.getAutoOAuthToken() == null
                && config.getClientCertData() == null) {
            throw new IllegalArgumentException("the command \""
                    + kubeconfig.user().getExec().getCommand()
                    + "\" of the kubeconfig gave no credentials: run it by hand to see why");
        }
        return config;
    }

    private static Optional<OAuthTokenProvider> tokens(Kubeconfig kubeconfig, Config config) {
        String file = kubeconfig.user().getTokenFile();
        if (file != null && !file.isEmpty()) {
            return Optional.of(() -> tokenIn(Path.of(file)));
        }
        return kubeconfig.user().getExec() != null && config.getAutoOAuthToken() != null
                ? Optional.of(new ExpiringToken(COMMAND_TOKEN_LIFE, config.getAutoOAuthToken(), () -> read(kubeconfig)
                        .getAutoOAuthToken()))
                : Optional.empty();
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

package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands in one kubeconfig, or in several that are read as one. Lists may be missing or null, as kubectl writes them.
 *
 * @param currentContext the name of the context that is used unless another is named; empty where none is
 */
record KubeconfigFile(
        String currentContext, List<NamedContext> contexts, List<NamedCluster> clusters, List<NamedAuthInfo> users) {

    private static final int LARGEST = 1 << 20;

    /** Nothing, as an empty file has it. */
    static final KubeconfigFile EMPTY = new KubeconfigFile("", List.of(), List.of(), List.of());

    /**
     * Reads a text.
     *
     * @param folder what the paths in it start from; empty where paths stay as they are
     * @throws IllegalArgumentException where it is no kubeconfig; the message quotes nothing of it
     */
    static KubeconfigFile read(String text, Optional<Path> folder) {
        Config config = parse(text);
        KubeconfigFile file = new KubeconfigFile(
                Objects.toString(config.getCurrentContext(), ""),
                present(config.getContexts())
                        .filter(named -> named.getContext() != null)
                        .toList(),
                present(config.getClusters())
                        .filter(named -> named.getCluster() != null)
                        .toList(),
                present(config.getUsers()).toList());
        folder.ifPresent(start -> {
            file.clusters.forEach(named -> resolve(named.getCluster(), start));
            file.users.stream()
                    .filter(named -> named.getUser() != null)
                    .forEach(named -> resolve(named.getUser(), start));
        });
        return file;
    }

    /** Both as one, as kubectl reads the files of {@code KUBECONFIG}: what this one has under a name is what counts. */
    KubeconfigFile and(KubeconfigFile later) {
        return new KubeconfigFile(
                currentContext.isEmpty() ? later.currentContext : currentContext,
                joined(contexts, later.contexts),
                joined(clusters, later.clusters),
                joined(users, later.users));
    }

    Optional<NamedContext> context(String name) {
        return contexts.stream().filter(named -> name.equals(named.getName())).findFirst();
    }

    Optional<Cluster> cluster(String name) {
        return clusters.stream()
                .filter(named -> Objects.equals(named.getName(), name))
                .map(NamedCluster::getCluster)
                .findFirst();
    }

    /** An entry without content is a user without credentials. */
    Optional<AuthInfo> user(String name) {
        return users.stream()
                .filter(named -> Objects.equals(named.getName(), name))
                .map(named -> Objects.requireNonNullElseGet(named.getUser(), AuthInfo::new))
                .findFirst();
    }

    /** The names of its contexts, for people. */
    String names() {
        return contexts.isEmpty()
                ? "none"
                : String.join(", ", contexts.stream().map(NamedContext::getName).toList());
    }

    /** Without the users: a record would print the secrets. */
    @Override
    public String toString() {
        return "KubeconfigFile[contexts=" + names() + "]";
    }

    private static <T> Stream<T> present(List<T> list) {
        return list == null ? Stream.empty() : list.stream().filter(Objects::nonNull);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static Config parse(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
            throw new IllegalArgumentException("the kubeconfig is larger than 1 MiB, which no kubeconfig needs to be");
        }
        Config config;
        try {
            config = Serialization.unmarshal(text, Config.class);
        } catch (RuntimeException unreadable) {
            // The parser's own message quotes the text, secrets and all.
            throw new IllegalArgumentException("the kubeconfig is not readable YAML of kind Config");
        }
        if (config == null) {
            throw new IllegalArgumentException("the kubeconfig is empty");
        }
        return config;
    }

    private static void resolve(Cluster cluster, Path folder) {
        cluster.setCertificateAuthority(resolve(folder, cluster.getCertificateAuthority()));
    }

    private static void resolve(AuthInfo user, Path folder) {
        user.setClientCertificate(resolve(folder, user.getClientCertificate()));
        user.setClientKey(resolve(folder, user.getClientKey()));
        user.setTokenFile(resolve(folder, user.getTokenFile()));
        String command = user.getExec() == null ? null : user.getExec().getCommand();
        if (command != null && command.contains("/")) {
            user.getExec().setCommand(resolve(folder, command));
        }
    }

    private static String resolve(Path folder, String path) {
        return path == null || path.isEmpty()
                ? path
                : folder.resolve(path).toAbsolutePath().normalize().toString();
    }
}

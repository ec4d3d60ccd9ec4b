package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One context of a kubeconfig, checked: nothing else of the file is left. A kubeconfig may name commands to run and files to
 * read, so whoever reads one from somebody else takes only what is written in it.
 *
 * @param context its name
 * @param cluster where the API is
 * @param user who asks; empty fields where the context names none
 */
public record Kubeconfig(NamedContext context, Cluster cluster, AuthInfo user) {

    private static final int LARGEST = 1 << 20;

    /** What a kubeconfig may refer to outside itself. */
    public record Rules(Optional<Path> filesRelativeTo, boolean commands) {

        /** Only what is written in the text itself: for text that came from somebody else. */
        public static final Rules TEXT_ONLY = new Rules(Optional.empty(), false);

        /**
         * Files too, for a kubeconfig of this machine's user.
         *
         * @param folder where the kubeconfig lies, which relative paths start from
         * @param commands whether the command of an {@code exec} user may be run
         */
        public static Rules local(Path folder, boolean commands) {
            return new Rules(Optional.of(folder), commands);
        }
    }

    /**
     * Reads a kubeconfig.
     *
     * @param context the context to use; empty means the current one
     * @throws IllegalArgumentException where the text is not a kubeconfig, the context is not in it or not whole, or it
     *     needs what the rules do not allow; the message names all that is wrong and no secret
     */
    public static Kubeconfig read(String text, Optional<String> context, Rules rules) {
        Config config = parse(text);
        String wanted = context.orElse(Objects.toString(config.getCurrentContext(), ""));
        NamedContext found = config.getContexts().stream()
                .filter(named -> wanted.equals(named.getName()) && named.getContext() != null)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException((wanted.isEmpty()
                                ? "the kubeconfig has no current-context: name one"
                                : "the kubeconfig has no context \"" + wanted + "\"")
                        + "; it has: " + names(config)));
        String clusterName = found.getContext().getCluster();
        Cluster cluster = config.getClusters().stream()
                .filter(named -> Objects.equals(named.getName(), clusterName))
                .map(NamedCluster::getCluster)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("context \"" + wanted + "\" of the kubeconfig names the cluster \""
                                + clusterName + "\", which the kubeconfig does not have"));
        String userName = found.getContext().getUser();
        AuthInfo user = config.getUsers().stream()
                .filter(named -> Objects.equals(named.getName(), userName))
                .map(NamedAuthInfo::getUser)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(AuthInfo::new);
        check(cluster, user, rules);
        rules.filesRelativeTo().ifPresent(folder -> resolveFiles(cluster, user, folder));
        return new Kubeconfig(found, cluster, user);
    }

    /** The address of the API server; it holds no credentials. */
    public String server() {
        return cluster.getServer();
    }

    /**
     * The same user of a cluster at another address.
     *
     * @throws IllegalArgumentException where the address cannot be one of a cluster
     */
    public Kubeconfig at(String server) {
        checkServer(server).ifPresent(wrong -> {
            throw new IllegalArgumentException("the cluster cannot be used: " + wrong);
        });
        return with(new ClusterBuilder(cluster).withServer(server));
    }

    /** The same, where the cluster's certificate has to come from one of these. */
    public Kubeconfig trusting(String pem) {
        String data = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
        return with(new ClusterBuilder(cluster).withCertificateAuthority(null).withCertificateAuthorityData(data));
    }

    /** The same, where anybody's certificate is believed: whoever is in between can read the credentials. */
    public Kubeconfig trustingAnybody() {
        return with(new ClusterBuilder(cluster)
                .withCertificateAuthority(null)
                .withCertificateAuthorityData(null)
                .withInsecureSkipTlsVerify(true));
    }

    private Kubeconfig with(ClusterBuilder changed) {
        return new Kubeconfig(context, changed.build(), user);
    }

    /** A kubeconfig with nothing but this context. Holds its secrets. */
    String toYaml() {
        return Serialization.asYaml(new ConfigBuilder()
                .withCurrentContext(context.getName())
                .withContexts(context)
                .addNewCluster()
                .withName(context.getContext().getCluster())
                .withCluster(cluster)
                .endCluster()
                .addNewUser()
                .withName(context.getContext().getUser())
                .withUser(user)
                .endUser()
                .build());
    }

    /** Without the user: a record would print the secrets. */
    @Override
    public String toString() {
        return "Kubeconfig[context=" + context.getName() + ", server=" + cluster.getServer() + "]";
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

    private static void check(Cluster cluster, AuthInfo user, Rules rules) {
        List<String> wrong = new ArrayList<>();
        checkServer(cluster.getServer()).ifPresent(wrong::add);
        if (user.getAuthProvider() != null) {
            wrong.add("its user has an auth-provider, which Kubernetes no longer has: use a token or a certificate");
        }
        if (user.getExec() != null && !rules.commands()) {
            wrong.add("its user gets credentials by running the command \""
                    + user.getExec().getCommand() + "\" (exec), which is not allowed here: use a token or a certificate"
                    + (rules.filesRelativeTo().isPresent() ? ", or allow it with the option for it" : ""));
        }
        if (rules.filesRelativeTo().isEmpty()) {
            file("certificate-authority", cluster.getCertificateAuthority(), wrong);
            file("client-certificate", user.getClientCertificate(), wrong);
            file("client-key", user.getClientKey(), wrong);
            file("tokenFile", user.getTokenFile(), wrong);
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("the kubeconfig cannot be used: " + String.join("; ", wrong));
        }
    }

    private static Optional<String> checkServer(String server) {
        if (server == null) {
            return Optional.of("its cluster has no server");
        }
        try {
            URI address = URI.create(server);
            if (!List.of("https", "http").contains(Objects.toString(address.getScheme(), ""))
                    || address.getHost() == null) {
                return Optional.of("its server is not an address that begins with https:// or http://");
            }
            if (address.getUserInfo() != null) {
                return Optional.of("its server's address holds a user or password: put them under users");
            }
            return Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.of("its server is not a well-formed address");
        }
    }

    private static void file(String field, String path, List<String> wrong) {
        if (path != null && !path.isEmpty()) {
            wrong.add("its " + field + " is a file, which is not read here: put the content in "
                    + (field.equals("tokenFile") ? "token" : field + "-data"));
        }
    }

    private static void resolveFiles(Cluster cluster, AuthInfo user, Path folder) {
        cluster.setCertificateAuthority(resolve(folder, cluster.getCertificateAuthority()));
        user.setClientCertificate(resolve(folder, user.getClientCertificate()));
        user.setClientKey(resolve(folder, user.getClientKey()));
        user.setTokenFile(resolve(folder, user.getTokenFile()));
        if (user.getExec() != null && user.getExec().getCommand().contains("/")) {
            user.getExec().setCommand(resolve(folder, user.getExec().getCommand()));
        }
    }

    private static String resolve(Path folder, String path) {
        return path == null || path.isEmpty()
                ? path
                : folder.resolve(path).toAbsolutePath().normalize().toString();
    }

    private static String names(Config config) {
        return config.getContexts().isEmpty()
                ? "none"
                : config.getContexts().stream().map(NamedContext::getName).collect(Collectors.joining(", "));
    }
}

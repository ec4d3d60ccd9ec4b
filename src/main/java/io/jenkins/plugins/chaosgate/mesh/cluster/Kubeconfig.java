package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One context of a kubeconfig, checked: nothing else of the file is left. A kubeconfig may name commands to run and files to
 * read, so whoever reads one from somebody else takes only what is written in it.
 *
 * @param context its name
 * @param cluster where the API is
 * @param user who asks; empty fields where the context names none
 */
public record Kubeconfig(NamedContext context, Cluster cluster, AuthInfo user) {

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
        return of(KubeconfigFile.read(text, rules.filesRelativeTo()), context, rules);
    }

    /**
     * Reads the kubeconfigs of this machine's user as one, as kubectl does: of what several of them name alike, the first
     * counts. Paths in a file start from the folder that it lies in.
     *
     * @param files those that are there, the most important first
     * @param context the context to use; empty means the current one
     * @param commands whether the command of an {@code exec} user may be run
     * @throws IOException where one of them cannot be read
     * @throws IllegalArgumentException as in {@link #read(String, Optional, Rules)}
     */
    public static Kubeconfig read(List<Path> files, Optional<String> context, boolean commands) throws IOException {
        KubeconfigFile all = KubeconfigFile.EMPTY;
        for (Path file : files) {
            Path folder = file.toAbsolutePath().getParent();
            String text = Files.readString(file);
            // kubectl itself makes empty files, such as the one that it locks.
            all = files.size() > 1 && text.isBlank() ? all : all.and(KubeconfigFile.read(text, Optional.of(folder)));
        }
        return of(all, context, Rules.local(files.get(0).toAbsolutePath().getParent(), commands));
    }

    private static Kubeconfig of(KubeconfigFile file, Optional<String> context, Rules rules) {
        String wanted = context.orElse(file.currentContext());
        NamedContext found = file.context(wanted)
                .orElseThrow(() -> new IllegalArgumentException((wanted.isEmpty()
                                ? "the kubeconfig has no current-context: name one"
                                : "the kubeconfig has no context \"" + wanted + "\"")
                        + "; it has: " + file.names()));
        String clusterName = found.getContext().getCluster();
        Cluster cluster = file.cluster(clusterName)
                .orElseThrow(() -> new IllegalArgumentException("context \"" + wanted
                        + "\" of the kubeconfig names the cluster \"" + clusterName
                        + "\", which the kubeconfig does not have"));
        // A context without a user is a visitor without a name; one whose user is missing must not become that unseen.
        String userName = Objects.toString(found.getContext().getUser(), "");
        AuthInfo user = file.user(userName)
                .or(() -> userName.isEmpty() ? Optional.of(new AuthInfo()) : Optional.empty())
                .orElseThrow(() -> new IllegalArgumentException("context \"" + wanted
                        + "\" of the kubeconfig names the user \"" + userName
                        + "\", which the kubeconfig does not have"));
        List<String> wrong = KubeconfigCheck.problems(cluster, user, rules);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("the kubeconfig cannot be used: " + String.join("; ", wrong));
        }
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
        KubeconfigCheck.server(server).ifPresent(wrong -> {
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

    /** The same with other credentials. */
    Kubeconfig with(AuthInfo credentials) {
        return new Kubeconfig(context, cluster, credentials);
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
}

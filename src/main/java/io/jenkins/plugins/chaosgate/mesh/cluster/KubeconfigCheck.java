package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ExecConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is wrong with a context of a kubeconfig: in words, all at once, without secrets. */
final class KubeconfigCheck {

    private KubeconfigCheck() {}

    static List<String> problems(Cluster cluster, AuthInfo user, Kubeconfig.Rules rules) {
        List<String> wrong = new ArrayList<>();
        server(cluster.getServer()).ifPresent(wrong::add);
        proxy(cluster.getProxyUrl()).ifPresent(wrong::add);
        if (isSet(cluster.getTlsServerName())) {
            wrong.add("its cluster has a tls-server-name, which is not supported: give a server whose name its"
                    + " certificate has");
        }
        if (user.getAuthProvider() != null) {
            wrong.add("its user has an auth-provider, which Kubernetes no longer has: use a token or a certificate");
        }
        if (user.getExec() != null) {
            command(user.getExec(), rules, wrong);
        }
        if (!isSet(user.getAs()) && impersonatesMore(user)) {
            wrong.add("its user has as-uid, as-groups or as-user-extra without as: name the user to be impersonated");
        }
        if (rules.filesRelativeTo().isEmpty()) {
            file("certificate-authority", cluster.getCertificateAuthority(), wrong);
            file("client-certificate", user.getClientCertificate(), wrong);
            file("client-key", user.getClientKey(), wrong);
            file("tokenFile", user.getTokenFile(), wrong);
        }
        return wrong;
    }

    private static void command(ExecConfig exec, Kubeconfig.Rules rules, List<String> wrong) {
        if (!isSet(exec.getCommand())) {
            wrong.add("its user has exec without a command");
        } else if (!rules.commands()) {
            wrong.add("its user gets credentials by running the command \"" + exec.getCommand()
                    + "\" (exec), which is not allowed here: use a token or a certificate"
                    + (rules.filesRelativeTo().isPresent() ? ", or allow it with the option for it" : ""));
        } else if ("Always".equals(exec.getInteractiveMode())) {
            wrong.add("the command \"" + exec.getCommand() + "\" (exec) of its user wants to ask somebody at a terminal"
                    + " (interactiveMode: Always), which a gate has not: use a token or a certificate");
        }
    }

    private static boolean impersonatesMore(AuthInfo user) {
        return isSet(user.getAsUid())
                || !Objects.requireNonNullElse(user.getAsGroups(), List.of()).isEmpty()
                || !Objects.requireNonNullElse(user.getAsUserExtra(), Map.of()).isEmpty();
    }

    /** What is wrong with the address of an API server. */
    static Optional<String> server(String server) {
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

    /** The address is not quoted: it may hold a password. */
    private static Optional<String> proxy(String proxy) {
        if (!isSet(proxy)) {
            return Optional.empty();
        }
        try {
            ProxyAddress.of(proxy);
            return Optional.empty();
        } catch (IllegalArgumentException unusable) {
            return Optional.of("its cluster's " + unusable.getMessage());
        }
    }

    private static void file(String field, String path, List<String> wrong) {
        if (isSet(path)) {
            wrong.add("its " + field + " is a file, which is not read here: put the content in "
                    + (field.equals("tokenFile") ? "token" : field + "-data"));
        }
    }

    private static boolean isSet(String text) {
        return text != null && !text.isEmpty();
    }
}

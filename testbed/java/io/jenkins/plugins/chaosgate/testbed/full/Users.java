package io.jenkins.plugins.chaosgate.testbed.full;

import io.jenkins.plugins.chaosgate.testbed.parts.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Who may talk to the Kubernetes API: two users with tokens of their own, fresh for each bed. */
final class Users {

    /** May do everything. */
    static final String ADMIN = "bed-admin";

    /** May do what a test lets it do by role bindings, nothing at first. */
    static final String GATE = "gate";

    private static final Map<String, String> GROUPS = Map.of(ADMIN, "system:masters", GATE, "chaos-gate");

    private final Map<String, String> tokens = new LinkedHashMap<>();

    Users() {
        SecureRandom random = new SecureRandom();
        for (String user : GROUPS.keySet()) {
            byte[] token = new byte[16];
            random.nextBytes(token);
            tokens.put(user, HexFormat.of().formatHex(token));
        }
    }

    /** The file from which kube-apiserver knows them. */
    Path writeTokens(WorkFolder work) {
        return work.write(
                "tokens.csv",
                tokens.entrySet().stream()
                        .map(user -> "%s,%s,%s,%s%n"
                                .formatted(user.getValue(), user.getKey(), user.getKey(), GROUPS.get(user.getKey())))
                        .collect(Collectors.joining()));
    }

    /**
     * Writes a kubeconfig for a user, whole in itself so that it can be handed on, and gives its path.
     *
     * @throws IllegalArgumentException when there is no such user
     */
    Path writeKubeconfig(WorkFolder work, String user, String server, Path authority) {
        if (!tokens.containsKey(user)) {
            throw new IllegalArgumentException("no user %s, expected one of %s".formatted(user, tokens.keySet()));
        }
        return work.write(
                "kubeconfig-" + user,
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: bed, cluster: {server: "%s", certificate-authority-data: %s}}]
                users: [{name: %s, user: {token: "%s"}}]
                contexts: [{name: bed, context: {cluster: bed, user: %s}}]
                current-context: bed
                """
                        .formatted(server, base64(authority), user, tokens.get(user), user));
    }

    private static String base64(Path file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

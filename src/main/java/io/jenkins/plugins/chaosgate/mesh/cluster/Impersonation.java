package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Whom a kubeconfig's user asks as. The client does not read it by itself, and to leave any of it out would be to ask with
 * more power than meant.
 */
final class Impersonation {

    private static final String HEADER_CHARACTERS = "!#$&'*+-.^_`|~";

    private Impersonation() {}

    /** User, groups and extra fields. */
    static void into(Config config, AuthInfo user) {
        config.setImpersonateUsername(user.getAs());
        if (user.getAsGroups() != null) {
            config.setImpersonateGroups(user.getAsGroups().toArray(String[]::new));
        }
        if (user.getAsUserExtra() != null) {
            Map<String, List<String>> extra = new LinkedHashMap<>();
            user.getAsUserExtra().forEach((key, values) -> extra.put(escaped(key), values));
            config.setImpersonateExtras(extra);
        }
    }

    /** The uid, which the client has no setting for. */
    static Interceptor uid(AuthInfo user) {
        String uid = Objects.requireNonNullElse(user.getAsUid(), "");
        return new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                if (!uid.isEmpty()) {
                    builder.setHeader("Impersonate-Uid", uid);
                }
            }
        };
    }

    /** A key as a part of a header's name: what may not stand there in percent-encoding, as the API decodes it. */
    private static String escaped(String key) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : key.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            boolean plain = character < 0x80
                    && (Character.isLetterOrDigit(character) || HEADER_CHARACTERS.indexOf(character) >= 0);
            escaped.append(plain ? String.valueOf(character) : "%%%02X".formatted((int) character));
        }
        return escaped.toString();
    }
}

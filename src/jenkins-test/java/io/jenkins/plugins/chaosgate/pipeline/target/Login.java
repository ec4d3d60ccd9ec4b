package io.jenkins.plugins.chaosgate.pipeline.target;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** Credentials for tests, added to those of Jenkins itself. */
final class Login {

    private Login() {}

    static void token(String id, String token) {
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(token)));
    }

    static void file(String id, String content) {
        SecretBytes bytes = SecretBytes.fromRawBytes(content.getBytes(StandardCharsets.UTF_8));
        add(new FileCredentialsImpl(CredentialsScope.GLOBAL, id, "", "kubeconfig", bytes));
    }

    static void userAndWord(String id, String user, String word) {
        try {
            add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", user, word));
        } catch (hudson.model.Descriptor.FormException e) {
            throw new AssertionError(e);
        }
    }

    static void add(Credentials credentials) {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
    }
}

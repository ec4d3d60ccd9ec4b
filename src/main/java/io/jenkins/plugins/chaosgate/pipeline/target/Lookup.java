package io.jenkins.plugins.chaosgate.pipeline.target;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.security.ACL;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.io.IOException;
import jenkins.model.Jenkins;

/**
 * Finds credentials by the id that an administrator gave a target: among those of Jenkins itself and as Jenkins itself,
 * never among those of a job or a folder, so that it works when no build is there any more.
 */
final class Lookup {

    private Lookup() {}

    /**
     * The credentials of that id.
     *
     * @param url where they will be sent; null where they say that themselves
     * @throws IOException where there are none of that id for that address
     */
    static StandardCredentials find(String id, String url) throws IOException {
        StandardCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                id,
                StandardCredentials.class,
                Jenkins.get(),
                ACL.SYSTEM2,
                URIRequirementBuilder.fromUri(url).build());
        if (found == null) {
            throw new IOException("there are no credentials with the id " + Quote.of(id)
                    + (url == null ? "" : " for this address")
                    + " among those of Jenkins itself; add them under Manage Jenkins, Credentials, or choose others");
        }
        return found;
    }
}

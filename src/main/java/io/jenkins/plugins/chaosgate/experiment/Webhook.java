package io.jenkins.plugins.chaosgate.experiment;

import java.net.URI;
import java.util.Objects;

/**
 * A check of the user's own: a GET of this address answers 2xx when all is well. Its value is 1 for a 2xx answer and
 * 0 for any other; no answer is no observation.
 *
 * @param url an absolute http or https address
 */
public record Webhook(String title, URI url, Judging judging) implements Threshold {

    public Webhook {
        Objects.requireNonNull(url, "url");
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public Unit unit() {
        return Unit.OK;
    }
}

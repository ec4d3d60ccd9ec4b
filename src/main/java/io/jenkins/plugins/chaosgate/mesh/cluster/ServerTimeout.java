package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Tells the API server with each request that changes something how long it may take ({@code ?timeout=9s}, as {@code kubectl
 * --request-timeout} does): what waits in a queue of the server's is given up there, too, once nobody waits for the answer.
 */
final class ServerTimeout implements Interceptor {

    /** Under this name the client has it among its interceptors. */
    static final String NAME = "chaos-gate-timeout";

    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** Questions that are sent as objects. */
    private static final String REVIEWS = "/apis/authorization.k8s.io/";

    private final String parameter;

    ServerTimeout(Duration timeout) {
        this.parameter = "timeout=" + timeout.toSeconds() + "s";
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        boolean isQuestion = request.uri().getPath().startsWith(REVIEWS);
        if (CHANGING.contains(request.method()) && !isQuestion) {
            builder.uri(withTimeout(request.uri()));
        }
    }

    private URI withTimeout(URI uri) {
        String written = uri.toString();
        boolean isThere = uri.getRawQuery() != null && uri.getRawQuery().contains(parameter);
        return isThere ? uri : URI.create(written + (uri.getRawQuery() == null ? "?" : "&") + parameter);
    }
}

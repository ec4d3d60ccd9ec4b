package io.jenkins.plugins.chaosgate.pipeline.target;

import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Looks, right before each request of a webhook threshold, whether its host is listed and leads nowhere private.
 *
 * <p>The HTTP client asks for the host's address again when it connects. Java keeps an answer for 30 seconds
 * ({@code networkaddress.cache.ttl}), so both get the same one; where that is set to 0, or where a proxy makes the
 * connection, a name server that changes its answer in between gets past this check.
 */
final class WebhookDoor implements Function<URI, CompletionStage<Optional<String>>> {

    /** Asks for all addresses of a host; may block. */
    interface NameService {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final WebhookHosts hosts;
    private final NameService names;
    private final Executor executor;

    WebhookDoor(WebhookHosts hosts, NameService names, Executor executor) {
        this.hosts = hosts;
        this.names = names;
        this.executor = executor;
    }

    /** Why that address must not be asked; empty where it may be. Does not block and never fails. */
    @Override
    public CompletionStage<Optional<String>> apply(URI url) {
        try {
            return CompletableFuture.supplyAsync(() -> refusal(url), executor);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(Optional.of("the connection to the target is closed"));
        }
    }

    private Optional<String> refusal(URI url) {
        String host = String.valueOf(url.getHost());
        if (!hosts.allows(url)) {
            return Optional.of(Quote.of(host) + " at port " + WebhookHosts.port(url)
                    + " is not one of the target's webhook hosts (" + hosts + ")");
        }
        try {
            return Arrays.stream(names.addresses(host))
                    .filter(address -> !hosts.allowsAddress(address, WebhookHosts.port(url)))
                    .findFirst()
                    .map(address -> Quote.of(host) + " leads to " + address.getHostAddress()
                            + ", a private address that is not one of the target's webhook hosts (" + hosts + ")");
        } catch (UnknownHostException unknown) {
            return Optional.of(Quote.of(host) + " has no address: no name server knows it");
        }
    }
}

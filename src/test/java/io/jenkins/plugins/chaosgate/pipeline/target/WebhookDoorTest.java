package io.jenkins.plugins.chaosgate.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class WebhookDoorTest {

    private static final URI CHECK = URI.create("http://checks.example/a");

    private final List<String> asked = new ArrayList<>();

    private Optional<String> refusal(List<String> listed, URI url, String... addresses) {
        WebhookDoor door = new WebhookDoor(
                new WebhookHosts(listed),
                host -> {
                    asked.add(host);
                    InetAddress[] found = new InetAddress[addresses.length];
                    for (int i = 0; i < found.length; i++) {
                        found[i] = InetAddress.getByName(addresses[i]);
                    }
                    if (found.length == 0) {
                        throw new UnknownHostException(host);
                    }
                    return found;
                },
                Runnable::run);
        return door.apply(url).toCompletableFuture().join();
    }

    @Test
    void aListedHostWithAPublicAddressMayBeAsked() {
        assertThat(refusal(List.of("checks.example"), CHECK, "1.1.1.1")).isEmpty();
    }

    @Test
    void noneOfItsAddressesMayBePrivate() {
        assertThat(refusal(List.of("checks.example"), CHECK, "1.1.1.1", "169.254.169.254"))
                .contains(
                        "\"checks.example\" leads to 169.254.169.254, a private address that is not one of the target's"
                                + " webhook hosts (checks.example)");
        assertThat(refusal(List.of("checks.example", "169.254.0.0/16"), CHECK, "1.1.1.1", "169.254.169.254"))
                .isEmpty();
    }

    @Test
    void aPrivateAddressIsListedForAPortOrForAll() {
        assertThat(refusal(List.of("checks.example", "10.1.2.3:80"), CHECK, "10.1.2.3"))
                .isEmpty();
        assertThat(refusal(List.of("checks.example", "10.1.2.3:8080"), CHECK, "10.1.2.3"))
                .hasValueSatisfying(said -> assertThat(said).contains("leads to 10.1.2.3, a private address"));
        assertThat(refusal(List.of("checks.example:8080"), CHECK, "1.1.1.1"))
                .contains(
                        "\"checks.example\" at port 80 is not one of the target's webhook hosts (checks.example:8080)");
    }

    @Test
    void aHostThatIsNotListedIsNotEvenLookedUp() {
        assertThat(refusal(List.of("other.example"), CHECK, "1.1.1.1"))
                .contains("\"checks.example\" at port 80 is not one of the target's webhook hosts (other.example)");
        assertThat(asked).isEmpty();
    }

    @Test
    void aHostWithoutAddressIsRefused() {
        assertThat(refusal(List.of("checks.example"), CHECK))
                .hasValueSatisfying(said -> assertThat(said).contains("no address"));
    }

    @Test
    void aClosedConnectionRefuses() {
        WebhookDoor door =
                new WebhookDoor(new WebhookHosts(List.of("checks.example")), host -> new InetAddress[0], work -> {
                    throw new RejectedExecutionException();
                });
        assertThat(door.apply(CHECK).toCompletableFuture().join()).isPresent();
    }
}

package io.jenkins.plugins.chaosgate.testbed.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.chaosgate.testbed.process.Loopback;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientTest {

    @Test
    void asksWithAHostOfItsChoice() throws Exception {
        try (Loopback block = Loopback.claim();
                Client client = new Client()) {
            HttpServer server = HttpServer.create(new InetSocketAddress(block.address(0, 1), 9080), 0);
            server.createContext("/", exchange -> {
                String said = exchange.getRequestHeaders().getFirst("Host") + " "
                        + exchange.getRequestHeaders().getFirst("x-tester");
                exchange.sendResponseHeaders(503, said.length());
                exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
                exchange.close();
            });
            server.start();
            URI uri = URI.create("http://" + block.address(0, 1) + ":9080/");

            Client.Answer answer = client.get(uri, "ratings:9080", Map.of("x-tester", "me"));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("ratings:9080 me");
            assertThat(answer.took()).isPositive();
            server.stop(0);
            assertThatThrownBy(() -> client.get(uri, "ratings:9080", Map.of()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("no answer from " + uri + " for ratings:9080");
        }
    }
}

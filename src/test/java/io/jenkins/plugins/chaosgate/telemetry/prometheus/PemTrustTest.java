package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemTrustTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String FOUR =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"4\"]}}";

    @TempDir
    Path folder;

    /** A key and its self-signed certificate for 127.0.0.1. */
    private KeyStore identity() throws Exception {
        Path file = folder.resolve("identity.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "me",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(file)) {
            store.load(stored, PASSWORD);
        }
        return store;
    }

    private static SSLContext serving(KeyStore identity) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void trustsTheAuthorityGivenAndOnlyThen() throws Exception {
        KeyStore identity = identity();
        String pem = "a comment\n-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(identity.getCertificate("me").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serving(identity)));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, FOUR.length());
                exchange.getResponseBody().write(FOUR.getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        try {
            PrometheusSettings settings = PrometheusSettings.of(
                    URI.create("https://127.0.0.1:" + server.getAddress().getPort()), Credentials.NONE);
            HttpClient trusting =
                    HttpClient.newBuilder().sslContext(PemTrust.trusting(pem)).build();
            assertThat(new PrometheusClient(trusting, settings)
                            .query("4")
                            .join()
                            .result())
                    .isInstanceOf(Answer.Scalar.class);
            assertThatThrownBy(() -> new PrometheusClient(HttpClient.newHttpClient(), settings)
                            .query("4")
                            .join())
                    .cause()
                    .hasMessageContaining("SSLHandshakeException")
                    .isInstanceOfSatisfying(
                            NoAnswer.class, no -> assertThat(no.why()).isEqualTo(Why.UNAVAILABLE));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        assertThatThrownBy(() -> PemTrust.trusting("nothing")).hasMessageContaining("found none");
        assertThatThrownBy(() -> PemTrust.trusting("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

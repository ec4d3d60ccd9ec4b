package io.jenkins.plugins.chaosgate.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookHostsTest {

    private static WebhookHosts hosts(String... entries) {
        return new WebhookHosts(List.of(entries));
    }

    @ParameterizedTest
    @CsvSource({
        "checks.example, http://checks.example/a, true",
        "checks.example, https://CHECKS.example:8443/a, true",
        "checks.example:8080, http://checks.example:8080/, true",
        "checks.example:8080, http://checks.example/, false",
        "checks.example:80, http://checks.example/, true",
        "checks.example:443, https://checks.example/, true",
        "checks.example:80, https://checks.example/, false",
        "checks.example, http://evil.checks.example/, false",
        "checks.example, http://checks.example.evil/, false",
        "checks.example, http://checks.example@evil/, false",
        "checks.example, http://user:word@checks.example/, false",
        "example, http://checks.example/, false",
        "10.1.0.0/16, http://10.1.2.3/, true",
        "10.1.0.0/16, http://10.2.2.3/, false",
        "10.1.0.0/16, http://10.1.2.3.evil.example/, false",
        "127.0.0.1, http://127.0.0.1:9/, true",
        "127.0.0.1, http://2130706433/, false",
        "127.0.0.1, http://127.1/, false",
        "127.0.0.1, http://localhost/, false",
        "fd00::/8, 'http://[fd00::1]/', true",
        "fd00::/8, 'http://[fe80::1]/', false",
        "10.1.2.3:8080, http://10.1.2.3:8080/, true",
        "10.1.2.3:8080, http://10.1.2.3/, false",
        "10.1.2.3:80, http://10.1.2.3/, true",
        "10.1.2.3, http://10.1.2.3:8080/, true",
        "10.1.0.0/16:8080, http://10.1.2.3:8080/, true",
        "10.1.0.0/16:8080, http://10.1.2.3:8081/, false",
        "[fd00::1]:8080, 'http://[fd00::1]:8080/', true",
        "[fd00::1]:8080, 'http://[fd00::1]/', false",
        "checks.example, http://checks.example./, true",
        "checks.example:8080, http://checks.example.:8080/, true",
        "checks.example, http://checks.example../, false",
    })
    void aHostIsListedByNameOrByAddress(String entry, URI url, boolean allowed) {
        assertThat(hosts(entry).allows(url)).isEqualTo(allowed);
    }

    @Test
    void nothingIsListedAtFirst() {
        assertThat(hosts().allows(URI.create("http://checks.example/"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.255",
                "100.100.100.200",
                "168.63.129.16",
                "169.254.169.254",
                "169.254.170.2",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "198.51.100.1",
                "203.0.113.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:0:10.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "64:ff9b::a9fe:a9fe",
                "fd00::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fe80::1",
                "ff02::1",
                "2002:7f00:1::",
                "2001:0:1::1",
                "2001:2::1",
                "2001:db8::1",
                "2002:a9fe:a9fe::1",
                "3fff::1",
                "5f00::1",
                "4000::1",
                "8000::1",
                "100::1"
            })
    void privateAddressesHaveToBeListed(String address) throws UnknownHostException {
        InetAddress parsed = InetAddress.getByName(address);
        assertThat(hosts("checks.example").allowsAddress(parsed, 80)).isFalse();
        assertThat(hosts("checks.example", parsed.getHostAddress()).allowsAddress(parsed, 80))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "168.63.129.15",
                "168.63.129.17",
                "172.32.0.1",
                "192.169.0.1",
                "223.255.255.255",
                "2001:200::1",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void publicAddressesNeedNotBe(String address) throws UnknownHostException {
        assertThat(hosts("checks.example").allowsAddress(InetAddress.getByName(address), 80))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checks.example",
                "checks.example:80",
                "10.1.2.3",
                "10.1.2.3:65535",
                "10.0.0.0/8",
                "10.0.0.0/8:80",
                "fd00::/8",
                "[fd00::1]",
                "[fd00::1]:80",
                "a"
            })
    void entries(String text) {
        assertThat(WebhookHosts.isEntry(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://checks.example",
                "checks.example/path",
                "10.0.0.0/33",
                "*.example",
                "",
                "a b",
                ":80",
                "checks.example:0",
                "checks.example:65536",
                "checks.example:",
                "10.1.2.3:x",
                "fd00:1:2:3:4:5:6:7:80",
                "[fd00::1]:70000"
            })
    void notEntries(String text) {
        assertThat(WebhookHosts.isEntry(text)).isFalse();
    }
}

package io.jenkins.plugins.chaosgate.pipeline.target;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where webhook thresholds may ask: host names and addresses or ranges of them, each for one port or for any. A request
 * leaves from the controller, so the list is what keeps it from asking the controller's own neighbours: a name that is
 * listed may lead to a private address only where that address is listed, too.
 */
record WebhookHosts(List<String> entries) {

    /**
     * Addresses that lead nowhere on the internet, or back to this machine, its network or its cloud's own services. The
     * special-purpose registries of IANA, and what clouds answer their own machines with.
     */
    private static final List<AddressRange> PRIVATE = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    // Among them the metadata of Alibaba's cloud, 100.100.100.200.
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    // Azure's wire server: a public address by its number, but each machine there has its own behind
                    // it.
                    "168.63.129.16",
                    // Among them the metadata of most clouds, 169.254.169.254.
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    // Among them the metadata of Oracle's older cloud, 192.0.0.192.
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    // In IPv6 only what is handed out for the internet, less the ways to wrap an IPv4 address.
                    "::/3",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "4000::/2",
                    "8000::/1")
            .map(range -> AddressRange.parse(range).orElseThrow())
            .toList();

    WebhookHosts {
        entries = List.copyOf(entries);
    }

    /** Whether that can be an entry: a host, an address or a range of addresses, with a port or without. */
    static boolean isEntry(String text) {
        return WebhookHost.parse(text).isPresent();
    }

    /** Whether the host and the port of an address are listed. Asks no name server. */
    boolean allows(URI url) {
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null) {
            return false;
        }
        Optional<InetAddress> literal = AddressRange.literal(host);
        return literal.isPresent()
                ? lists(literal.get(), port(url))
                : listed().anyMatch(entry -> entry.isNamed(host, port(url)));
    }

    /** Whether a host that is listed may have that address at that port. */
    boolean allowsAddress(InetAddress address, int port) {
        return PRIVATE.stream().noneMatch(range -> range.contains(address)) || lists(address, port);
    }

    private boolean lists(InetAddress address, int port) {
        return listed().anyMatch(entry -> entry.contains(address, port));
    }

    private Stream<WebhookHost> listed() {
        return entries.stream().flatMap(entry -> WebhookHost.parse(entry).stream());
    }

    /** The port that is asked, which an address need not name. */
    static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    @Override
    public String toString() {
        return entries.isEmpty() ? "it has none" : String.join(", ", entries);
    }
}

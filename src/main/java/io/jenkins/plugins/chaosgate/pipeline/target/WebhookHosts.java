package io.jenkins.plugins.chaosgate.pipeline.target;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where webhook thresholds may ask: host names, with a port or for any port, and addresses or ranges of them. A request
 * leaves from the controller, so the list is what keeps it from asking the controller's own neighbours: a name that is
 * listed may lead to a private address only where that address is listed, too.
 */
record WebhookHosts(List<String> entries) {

    private static final Pattern NAME = Pattern.compile("(?i)[a-z0-9]([-a-z0-9_.]{0,251}[a-z0-9])?(:[0-9]{1,5})?");

    /** Addresses that lead nowhere on the internet, or back to this machine, its network or its cloud's own services. */
    private static final List<AddressRange> PRIVATE = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "224.0.0.0/3",
                    // In IPv6 only what is handed out for the internet, less the ways to wrap an IPv4 address.
                    "::/3",
                    "2001::/32",
                    "2002::/16",
                    "4000::/2",
                    "8000::/1")
            .map(range -> AddressRange.parse(range).orElseThrow())
            .toList();

    WebhookHosts {
        entries = List.copyOf(entries);
    }

    /** Whether that can be an entry: a host, a host with its port, an address, a range of addresses. */
    static boolean isEntry(String text) {
        return AddressRange.parse(text).isPresent() || NAME.matcher(text).matches();
    }

    /** Whether the host of an address is listed. Asks no name server. */
    boolean allows(URI url) {
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null) {
            return false;
        }
        Optional<InetAddress> literal = AddressRange.literal(host);
        return literal.isPresent() ? lists(literal.get()) : namesHost(host, port(url));
    }

    /** Whether a host that is listed may have that address. */
    boolean allowsAddress(InetAddress address) {
        return PRIVATE.stream().noneMatch(range -> range.contains(address)) || lists(address);
    }

    private boolean lists(InetAddress address) {
        return entries.stream()
                .flatMap(entry -> AddressRange.parse(entry).stream())
                .anyMatch(range -> range.contains(address));
    }

    private boolean namesHost(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        return entries.stream()
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .anyMatch(entry -> entry.equals(name) || entry.equals(name + ":" + port));
    }

    private static int port(URI url) {
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

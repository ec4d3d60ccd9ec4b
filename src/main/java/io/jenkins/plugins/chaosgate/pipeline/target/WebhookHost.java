package io.jenkins.plugins.chaosgate.pipeline.target;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of the list of webhook hosts.
 *
 * @param name the host's name; empty where addresses are meant
 * @param addresses the addresses; empty where a name is meant
 * @param port the only port that may be asked; empty means any
 */
record WebhookHost(String name, Optional<AddressRange> addresses, OptionalInt port) {

    private static final Pattern NAME = Pattern.compile("(?i)[a-z0-9]([-a-z0-9_.]{0,251}[a-z0-9])?");
    /** An IPv6 address needs its brackets here: without them nobody could say where it ends. */
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]*\\][^:]*|[^:]*):([0-9]{1,5})");

    private static final int LAST_PORT = 65_535;

    /** Reads {@code checks.example}, {@code 10.1.0.0/16} or {@code [fd00::1]}, each also with a port: {@code checks.example:8080}. */
    static Optional<WebhookHost> parse(String text) {
        Optional<WebhookHost> plain = parse(text, OptionalInt.empty());
        Matcher parts = WITH_PORT.matcher(text);
        if (plain.isPresent() || !parts.matches()) {
            return plain;
        }
        int port = Integer.parseInt(parts.group(2));
        return port >= 1 && port <= LAST_PORT ? parse(parts.group(1), OptionalInt.of(port)) : Optional.empty();
    }

    private static Optional<WebhookHost> parse(String host, OptionalInt port) {
        Optional<AddressRange> range = AddressRange.parse(host);
        return range.isPresent() || NAME.matcher(host).matches()
                ? Optional.of(new WebhookHost(range.isPresent() ? "" : host, range, port))
                : Optional.empty();
    }

    /** Whether that name, at that port, is meant. A dot at its end, which makes it no other name, is not needed. */
    boolean isNamed(String host, int asked) {
        return addresses.isEmpty() && allows(asked) && name.equalsIgnoreCase(host.replaceFirst("\\.$", ""));
    }

    /** Whether that address, at that port, is meant. */
    boolean contains(InetAddress address, int asked) {
        return allows(asked)
                && addresses.filter(range -> range.contains(address)).isPresent();
    }

    private boolean allows(int asked) {
        return port.isEmpty() || port.getAsInt() == asked;
    }
}

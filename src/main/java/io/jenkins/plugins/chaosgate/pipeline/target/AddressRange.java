package io.jenkins.plugins.chaosgate.pipeline.target;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike, such as {@code 10.1.0.0/16}; a single address is a range, too. Reading one asks no name
 * server.
 */
record AddressRange(InetAddress base, int prefixBits) {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

    /** Reads {@code 10.1.2.3}, {@code 10.1.0.0/16}, {@code fd00::1}, {@code [fd00::1]} or {@code fd00::/8}; empty for others. */
    static Optional<AddressRange> parse(String text) {
        String[] parts = text.split("/", 2);
        return literal(parts[0]).flatMap(base -> {
            int whole = base.getAddress().length * Byte.SIZE;
            return parts.length == 1
                    ? Optional.of(new AddressRange(base, whole))
                    : bits(parts[1], whole).map(bits -> new AddressRange(base, bits));
        });
    }

    /** The address that is written there in digits; empty for a name. */
    static Optional<InetAddress> literal(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!IPV4.matcher(bare).matches() && !IPV6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> bits(String text, int most) {
        return text.matches("[0-9]{1,3}")
                ? Optional.of(Integer.parseInt(text)).filter(bits -> bits <= most)
                : Optional.empty();
    }

    /** Whether the address is one of them. */
    boolean contains(InetAddress address) {
        byte[] ours = base.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}

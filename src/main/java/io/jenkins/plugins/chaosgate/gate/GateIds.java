package io.jenkins.plugins.chaosgate.gate;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names for gates: short enough for an object's name, random enough that two never meet in one cluster. */
public final class GateIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private GateIds() {}

    /** Eight hexadecimal digits in lower case. */
    public static String next() {
        byte[] bytes = new byte[4];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

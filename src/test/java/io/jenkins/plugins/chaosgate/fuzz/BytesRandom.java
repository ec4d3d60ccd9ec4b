package io.jenkins.plugins.chaosgate.fuzz;

import java.util.Random;

/** Draws what bytes say, so that a fuzzer steers what is drawn; zeros once they are used up. */
public final class BytesRandom extends Random {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;
    private int next;

    public BytesRandom(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    @Override
    protected int next(int bits) {
        int drawn = 0;
        for (int i = 0; i < bits; i += Byte.SIZE) {
            drawn = drawn << Byte.SIZE | (next < bytes.length ? bytes[next++] & 0xff : 0);
        }
        return bits == Integer.SIZE ? drawn : drawn & (1 << bits) - 1;
    }
}

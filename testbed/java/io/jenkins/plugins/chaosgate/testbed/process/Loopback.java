package io.jenkins.plugins.chaosgate.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * A block of loopback addresses, 127.N.0.0/16, that belongs to one bed at a time: so every bed can use the same ports, and
 * several run beside each other. The claim is a listening socket in the block: it ends with the process that holds it,
 * however that ends.
 */
public final class Loopback implements AutoCloseable {

    private static final int FIRST = 16;
    private static final int LAST = 250;
    private static final int CLAIM_PORT = 9;

    private final int block;
    private final ServerSocket claim;

    private Loopback(int block, ServerSocket claim) {
        this.block = block;
        this.claim = claim;
    }

    /**
     * Claims the first free block.
     *
     * @throws IllegalStateException when every block is taken
     */
    public static Loopback claim() {
        for (int block = FIRST; block <= LAST; block++) {
            ServerSocket socket = listen(address(block, 255, 254));
            if (socket != null) {
                return new Loopback(block, socket);
            }
        }
        throw new IllegalStateException(
                "no free block of loopback addresses: expected one of 127.%d.0.0/16 to 127.%d.0.0/16"
                                .formatted(FIRST, LAST)
                        + " without a testbed, found one in each; end some of them");
    }

    /** The address 127.N.GROUP.HOST of this block. */
    public String address(int group, int host) {
        return address(block, group, host);
    }

    /** Gives the block back; harmless the second time. */
    @Override
    public void close() {
        try {
            claim.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("could not give back " + this, failure);
        }
    }

    @Override
    public String toString() {
        return "127." + block + ".0.0/16";
    }

    private static String address(int block, int group, int host) {
        return "127." + block + "." + group + "." + host;
    }

    /** A socket that listens there; null when somebody else's does. */
    private static ServerSocket listen(String host) {
        try {
            ServerSocket socket = new ServerSocket();
            try {
                socket.bind(new InetSocketAddress(host, CLAIM_PORT), 1);
                return socket;
            } catch (BindException taken) {
                socket.close();
                return null;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("could not claim loopback addresses at " + host, failure);
        }
    }
}

package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** The real program on a machine whose clock goes wrong: the first argument says by how much it is ahead. */
public final class SkewedMain {

    private SkewedMain() {}

    public static void main(String[] args) {
        Duration ahead = Duration.parse(args[0]);
        Surroundings surroundings = new Surroundings(
                System.getenv(), System.out, System.err, false, () -> new MeshWorld(clock -> ahead(ahead, clock)));
        System.exit(new Main(surroundings).execute(Arrays.copyOfRange(args, 1, args.length)));
    }

    private static GateClock ahead(Duration ahead, GateClock clock) {
        return new GateClock() {
            @Override
            public Instant now() {
                return clock.now().plus(ahead);
            }

            @Override
            public CompletableFuture<Void> after(Duration delay) {
                return clock.after(delay);
            }
        };
    }
}

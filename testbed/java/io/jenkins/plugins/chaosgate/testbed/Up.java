package io.jenkins.plugins.chaosgate.testbed;

import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import io.jenkins.plugins.chaosgate.testbed.parts.Home;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/**
 * Brings a full bed up for people to play with, with some load on its front page, and takes it down when the process is asked
 * to end (Ctrl-C). While it is up, {@code testbed/.run/up.properties} tells where it is.
 */
public final class Up {

    private static final int REQUESTS_PER_SECOND = 45;

    private Up() {}

    /** Returns only when interrupted; takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        long started = System.nanoTime();
        System.err.println("Bringing the full bed up: 10 to 20 seconds …");
        FullBed bed = FullBed.start();
        Load load = Load.start(
                bed.inbound("productpage-v1").resolve("/productpage"),
                "productpage:9080",
                REQUESTS_PER_SECOND,
                Map.of());
        Path address = Home.folder().resolve("testbed/.run/up.properties");
        tell(bed, address);
        CountDownLatch down = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            address.toFile().delete();
            load.close();
            bed.close();
            down.countDown();
        }));
        System.out.printf(
                """
                The bed is up after %d s.

                  export KUBECONFIG=%s
                  front page   %s/productpage  (called %d times a second)
                  Prometheus   %s
                  logs         %s

                A call of a workload to another service, here of reviews v2 to ratings:
                  curl -H 'Host: ratings:9080' %s/ratings

                Ctrl-C, or kill %d, takes it down.
                """,
                Duration.ofNanos(System.nanoTime() - started).toSeconds(),
                bed.kubeconfig(),
                bed.inbound("productpage-v1"),
                REQUESTS_PER_SECOND,
                bed.prometheus(),
                bed.logs(),
                bed.outbound("reviews-v2"),
                ProcessHandle.current().pid());
        down.await();
    }

    private static void tell(FullBed bed, Path file) throws IOException {
        Properties address = new Properties();
        address.setProperty("kubeconfig", bed.kubeconfig().toString());
        address.setProperty("prometheus", bed.prometheus().toString());
        Files.createDirectories(file.getParent());
        try (Writer out = Files.newBufferedWriter(file)) {
            address.store(out, "Where the bed of testbed/up is");
        }
    }
}

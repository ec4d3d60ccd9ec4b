package io.jenkins.plugins.chaosgate.testbed;

import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Brings a full bed up for people to play with, and takes it down when the process is asked to end (Ctrl-C). */
public final class Up {

    private Up() {}

    /** Returns only when interrupted; takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        long started = System.nanoTime();
        System.err.println("Bringing the full bed up: 10 to 20 seconds …");
        FullBed bed = FullBed.start();
        CountDownLatch down = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            bed.close();
            down.countDown();
        }));
        System.out.printf(
                """
                The bed is up after %d s.

                  export KUBECONFIG=%s
                  front page   %s/productpage
                  Prometheus   %s
                  logs         %s

                A call of a workload to another service, here of reviews v2 to ratings:
                  curl -H 'Host: ratings:9080' %s/ratings

                Ctrl-C, or kill %d, takes it down.
                """,
                Duration.ofNanos(System.nanoTime() - started).toSeconds(),
                bed.kubeconfig(),
                bed.inbound("productpage-v1"),
                bed.prometheus(),
                bed.logs(),
                bed.outbound("reviews-v2"),
                ProcessHandle.current().pid());
        down.await();
    }
}

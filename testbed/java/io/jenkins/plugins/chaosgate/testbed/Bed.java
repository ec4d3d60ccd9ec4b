package io.jenkins.plugins.chaosgate.testbed;

import java.net.URI;
import java.nio.file.Path;

/**
 * A running service mesh on loopback with the Bookinfo application in namespace {@code bookinfo}: one interface, two
 * sizes. Closing it ends every process it started.
 */
public interface Bed extends AutoCloseable {

    /** The kubeconfig of an administrator of this bed; never null. */
    Path kubeconfig();

    /** The base address of Prometheus, without a trailing slash; it scrapes every second. */
    URI prometheus();

    /** Where a workload takes calls from the mesh through its Envoy, say {@code inbound("productpage-v1")}. */
    URI inbound(String workload);

    /**
     * Where the program of a workload calls out through its Envoy; the {@code Host} header ({@code ratings:9080}) picks
     * the service.
     */
    URI outbound(String workload);

    /** The administration interface of a workload's Envoy. */
    URI admin(String workload);

    /** Folder with the logs of every process; kept when the bed could not start. */
    Path logs();

    /** Ends every process of the bed and waits for it; never throws for a process that is gone already. */
    @Override
    void close();
}

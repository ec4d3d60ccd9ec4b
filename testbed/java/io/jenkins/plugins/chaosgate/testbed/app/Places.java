package io.jenkins.plugins.chaosgate.testbed.app;

import java.net.InetSocketAddress;
import java.net.URI;

/** Where the program of a workload meets its Envoy. */
public interface Places {

    /** Where the program takes requests from its Envoy. */
    InetSocketAddress program(Workload workload);

    /** Where the Envoy takes the program's calls to other services. */
    URI outbound(Workload workload);
}

package io.jenkins.plugins.chaosgate.testbed.app;

import java.util.List;

/**
 * One version of a service, with one replica.
 *
 * @param service the service it belongs to, its label {@code app}
 * @param version its label {@code version}
 * @param index what its addresses end with; unique in the application
 * @param upstreams whom it calls, all at once, for each request
 */
public record Workload(String service, String version, int index, List<Upstream> upstreams) {

    /** The port of every service and of every program. */
    public static final int PORT = 9080;

    public Workload {
        upstreams = List.copyOf(upstreams);
    }

    static Workload of(String service, String version, int index, Upstream... upstreams) {
        return new Workload(service, version, index, List.of(upstreams));
    }

    /** The name of its deployment: {@code reviews-v2}. */
    public String name() {
        return service + "-" + version;
    }

    /** The name of its replica set. */
    public String replicaSet() {
        return name() + "-bed";
    }

    /** The name of its one pod. */
    public String pod() {
        return replicaSet() + "-1";
    }
}

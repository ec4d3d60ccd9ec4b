package io.jenkins.plugins.chaosgate.testbed.parts;

import io.jenkins.plugins.chaosgate.testbed.app.Places;
import io.jenkins.plugins.chaosgate.testbed.app.Workload;
import io.jenkins.plugins.chaosgate.testbed.process.Loopback;
import java.net.InetSocketAddress;
import java.net.URI;

/** Who listens where in a bed: fixed ports on addresses of the bed's own block 127.N.0.0/16. */
public record Addresses(Loopback block) implements Places {

    /** The port where an Envoy takes calls, from the mesh and from its program. */
    public static final int MESH_PORT = Workload.PORT;

    /** The port where a program takes requests from its Envoy. */
    public static final int PROGRAM_PORT = 8080;

    /** The port of an Envoy's administration interface. */
    public static final int ADMIN_PORT = 15000;

    /** The port where an Envoy shows {@code /stats/prometheus} and nothing else. */
    public static final int SCRAPE_PORT = 15090;

    /** The port where Prometheus listens. */
    public static final int PROMETHEUS_PORT = 9090;

    /** The address of etcd. */
    public String etcd() {
        return block.address(0, 1);
    }

    /** The address of the Kubernetes API. */
    public String api() {
        return block.address(0, 2);
    }

    /** The address of kube-controller-manager. */
    public String controllers() {
        return block.address(0, 3);
    }

    /** The address of the mesh's control plane. */
    public String controlPlane() {
        return block.address(0, 4);
    }

    /** The base address of Prometheus. */
    public URI prometheus() {
        return URI.create("http://" + block.address(0, 5) + ":" + PROMETHEUS_PORT);
    }

    /** The address of a workload in the mesh, where its Envoy listens: its pod's address. */
    public String workload(Workload workload) {
        return block.address(1, workload.index());
    }

    /** Where the Envoy of a workload takes calls from the mesh. */
    public URI inbound(Workload workload) {
        return URI.create("http://" + workload(workload) + ":" + MESH_PORT);
    }

    /** The address where the Envoy of a workload takes the calls of its own program. */
    public String egress(Workload workload) {
        return block.address(2, workload.index());
    }

    @Override
    public URI outbound(Workload workload) {
        return URI.create("http://" + egress(workload) + ":" + MESH_PORT);
    }

    /** The administration interface of the Envoy of a workload. */
    public URI admin(Workload workload) {
        return URI.create("http://" + workload(workload) + ":" + ADMIN_PORT);
    }

    @Override
    public InetSocketAddress program(Workload workload) {
        return new InetSocketAddress(workload(workload), PROGRAM_PORT);
    }
}

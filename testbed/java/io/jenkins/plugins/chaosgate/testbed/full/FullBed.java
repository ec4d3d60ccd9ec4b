package io.jenkins.plugins.chaosgate.testbed.full;

import static io.jenkins.plugins.chaosgate.testbed.app.Bookinfo.WORKLOADS;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.chaosgate.testbed.Bed;
import io.jenkins.plugins.chaosgate.testbed.app.Application;
import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.app.Workload;
import io.jenkins.plugins.chaosgate.testbed.parts.Addresses;
import io.jenkins.plugins.chaosgate.testbed.parts.Install;
import io.jenkins.plugins.chaosgate.testbed.parts.Metrics;
import io.jenkins.plugins.chaosgate.testbed.parts.Probe;
import io.jenkins.plugins.chaosgate.testbed.parts.Prometheus;
import io.jenkins.plugins.chaosgate.testbed.parts.WorkFolder;
import io.jenkins.plugins.chaosgate.testbed.process.Await;
import io.jenkins.plugins.chaosgate.testbed.process.Loopback;
import io.jenkins.plugins.chaosgate.testbed.process.Program;
import io.jenkins.plugins.chaosgate.testbed.process.Programs;
import io.jenkins.plugins.chaosgate.testbed.process.Running;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * The full bed: a real Kubernetes API with etcd and the controllers that a guard needs, istiod, an Envoy beside each
 * workload of Bookinfo, and Prometheus. {@code testbed/README.md} tells how it differs from a cluster.
 */
public final class FullBed implements Bed {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path bin = Install.programs("full");
    private final Loopback block = Loopback.claim();
    private final Addresses addresses = new Addresses(block);
    private final WorkFolder work = WorkFolder.create(block);
    private final Programs programs = new Programs(work.folder("logs"));
    private final Map<Part, Running> parts = new EnumMap<>(Part.class);
    private final Cluster cluster = new Cluster(bin, work, addresses);
    private Application application;
    private KubernetesClient client;

    private FullBed() {}

    /**
     * Brings a whole bed up, after an install where programs are missing.
     *
     * @throws IllegalStateException when a part does not come up, with the part's name and the end of its log; nothing is
     *     left running then, the logs are kept
     */
    public static FullBed start() {
        FullBed bed = new FullBed();
        try {
            bed.bringUp();
            return bed;
        } catch (RuntimeException | Error failure) {
            bed.end();
            throw failure;
        }
    }

    private void bringUp() {
        application = Application.start(WORKLOADS, addresses);
        CompletableFuture<List<CustomResourceDefinition>> kinds =
                CompletableFuture.supplyAsync(() -> Kinds.read(bin.resolve("istio-crds.yaml")));
        launch(Part.PROMETHEUS);
        programs.start(cluster.etcd()).awaitReady(LIMIT, cluster::etcdReady);
        start(Part.API);
        client = cluster.client(Users.ADMIN);
        Manifests manifests = new Manifests(client);
        Kinds.define(kinds.join(), client);
        manifests.create("namespaces.yaml", Map.of());
        launch(Part.CONTROLLERS);
        launch(Part.ISTIOD);
        for (String file : List.of("mesh.yaml", "services.yaml", "request-metrics.yaml")) {
            manifests.create(file, Map.of());
        }
        Workloads workloads = new Workloads(addresses);
        WORKLOADS.forEach(workload -> workloads.create(workload, manifests));
        awaitReady(Part.ISTIOD);
        List<Running> envoys = WORKLOADS.stream()
                .map(workload -> programs.start(workloads.envoy(workload, bin, work)))
                .toList();
        for (int i = 0; i < envoys.size(); i++) {
            Workload workload = WORKLOADS.get(i);
            envoys.get(i).awaitReady(LIMIT, () -> workloads.envoyReady(workload));
        }
        awaitReady(Part.CONTROLLERS);
        awaitReady(Part.PROMETHEUS);
        URI page = inbound("productpage-v1").resolve("/productpage");
        Await.until("the front page over the whole chain at " + page, LIMIT, () -> Probe.answers(page));
    }

    /** Starts a part again that was stopped, and returns when it does its work. */
    public void start(Part part) {
        launch(part);
        awaitReady(part);
    }

    /** Ends a part and returns when it is gone. */
    public void stop(Part part) {
        programs.stop(List.of(parts.get(part)));
    }

    /** Kills a part, as a crash would, and returns when it is gone. */
    public void kill(Part part) {
        parts.get(part).kill();
    }

    /** A client that may do everything; closed with the bed. */
    public KubernetesClient client() {
        return client;
    }

    /** The kubeconfig of the user {@code gate}, who may do nothing until a role binding lets him. */
    public Path gateKubeconfig() {
        return cluster.kubeconfig(Users.GATE);
    }

    /** Where things listen. */
    public Addresses addresses() {
        return addresses;
    }

    @Override
    public Path kubeconfig() {
        return cluster.kubeconfig(Users.ADMIN);
    }

    @Override
    public URI prometheus() {
        return addresses.prometheus();
    }

    @Override
    public URI inbound(String workload) {
        return addresses.inbound(Bookinfo.workload(workload));
    }

    @Override
    public URI outbound(String workload) {
        return addresses.outbound(Bookinfo.workload(workload));
    }

    @Override
    public URI admin(String workload) {
        return addresses.admin(Bookinfo.workload(workload));
    }

    @Override
    public Path logs() {
        return programs.logs();
    }

    @Override
    public void close() {
        end();
        work.deleteAllButLogs();
    }

    private void end() {
        if (client != null) {
            client.close();
        }
        programs.close();
        if (application != null) {
            application.close();
        }
        block.close();
    }

    private void launch(Part part) {
        Program program =
                switch (part) {
                    case API -> cluster.api();
                    case CONTROLLERS -> Controllers.program(bin, work, addresses, kubeconfig());
                    case ISTIOD -> Istiod.program(bin, work, addresses, kubeconfig());
                    case PROMETHEUS -> Prometheus.program(bin, work.folder("prometheus"), addresses, WORKLOADS);
                };
        parts.put(part, programs.start(program));
    }

    private void awaitReady(Part part) {
        Callable<Boolean> ready =
                switch (part) {
                    case API -> cluster::apiReady;
                    case CONTROLLERS -> Controllers.atWork(client);
                    case ISTIOD -> () -> Istiod.ready(addresses);
                    case PROMETHEUS -> () -> new Metrics(prometheus()).scrapesAll(WORKLOADS);
                };
        parts.get(part).awaitReady(LIMIT, ready);
    }
}

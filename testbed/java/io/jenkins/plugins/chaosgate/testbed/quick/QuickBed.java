package io.jenkins.plugins.chaosgate.testbed.quick;

import static io.jenkins.plugins.chaosgate.testbed.app.Bookinfo.WORKLOADS;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.chaosgate.testbed.Bed;
import io.jenkins.plugins.chaosgate.testbed.app.Application;
import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.app.Workload;
import io.jenkins.plugins.chaosgate.testbed.parts.Addresses;
import io.jenkins.plugins.chaosgate.testbed.parts.Home;
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
import io.jenkins.plugins.chaosgate.testbed.quick.api.QuickApi;
import io.jenkins.plugins.chaosgate.testbed.quick.mesh.Bootstrap;
import io.jenkins.plugins.chaosgate.testbed.quick.mesh.ConfigFiles;
import io.jenkins.plugins.chaosgate.testbed.quick.mesh.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The bed that is there in seconds. Real: the Envoys and Prometheus. Stood in for: the Kubernetes API, by
 * {@link QuickApi}, and istiod, by {@link ControlPlane}; what these two leave out is told where they are.
 */
public final class QuickBed implements Bed {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int API_PORT = 8001;

    private final Path bin = Install.programs("quick");
    private final Loopback block = Loopback.claim();
    private final Addresses addresses = new Addresses(block);
    private final WorkFolder work = WorkFolder.create(block);
    private final Programs programs = new Programs(work.folder("logs"));
    private final Path kubeconfig = work.path().resolve("kubeconfig");
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private QuickBed() {
        parts.push(block);
    }

    /**
     * Brings the bed up, after an install where programs are missing; returns when requests go through the whole
     * application and Prometheus has scraped every Envoy.
     *
     * @throws IllegalStateException when a part does not come up, with the part's name and the end of its log; nothing is
     *     left running then, the logs are kept
     */
    public static QuickBed start() {
        QuickBed bed = new QuickBed();
        try {
            bed.bringUp();
            return bed;
        } catch (IOException failure) {
            bed.end();
            throw new UncheckedIOException("the quick bed did not come up: " + failure.getMessage(), failure);
        } catch (RuntimeException | Error failure) {
            bed.end();
            throw failure;
        }
    }

    private void bringUp() throws IOException {
        QuickApi api = push(new QuickApi(InetAddress.getByName(addresses.api()), API_PORT));
        api.writeKubeconfig(kubeconfig);
        KubernetesClient client = push(new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build());
        new Seed(client).plant(WORKLOADS, addresses);
        Map<Workload, ConfigFiles> sidecars = WORKLOADS.stream()
                .collect(Collectors.toMap(
                        workload -> workload, workload -> new ConfigFiles(work.folder("envoy/" + workload.name()))));
        push(new ControlPlane(client, sidecars, addresses));
        push(Application.start(WORKLOADS, addresses));
        push(programs);
        Map<Workload, Running> envoys = new LinkedHashMap<>();
        for (Workload workload : WORKLOADS) {
            envoys.put(workload, programs.start(envoy(workload, sidecars.get(workload))));
        }
        Running prometheus = programs.start(Prometheus.program(bin, work.folder("prometheus"), addresses, WORKLOADS));
        envoys.forEach((workload, envoy) -> envoy.awaitReady(
                LIMIT, () -> Probe.answers(addresses.admin(workload).resolve("/ready"))));
        Metrics metrics = new Metrics(prometheus());
        prometheus.awaitReady(LIMIT, () -> metrics.scrapesAll(WORKLOADS));
        URI page = inbound("productpage-v1").resolve("/productpage");
        Await.until("the front page over the whole chain at " + page, LIMIT, () -> Probe.answers(page));
    }

    private Program envoy(Workload workload, ConfigFiles files) throws IOException {
        Map<String, String> values = Map.of(
                "ADDRESS", addresses.workload(workload),
                "POD", workload.pod(),
                "APP", workload.service(),
                "VERSION", workload.version(),
                "WORKLOAD", workload.name());
        Path bootstrap = Files.writeString(
                files.clusters().resolveSibling("bootstrap.json"),
                Bootstrap.of(Files.readString(Home.manifest("envoy.yaml")), values, files));
        return Program.of("envoy-" + workload.name(), bin.resolve("envoy"))
                .with(
                        "-c",
                        bootstrap,
                        "--concurrency",
                        1,
                        "--disable-hot-restart",
                        "--log-level",
                        "warning",
                        "--drain-time-s",
                        45,
                        "--drain-strategy",
                        "immediate")
                .env("BED_WORKLOAD", workload.name())
                .env("BED_NAMESPACE", Bookinfo.NAMESPACE)
                .env("BED_APP", workload.service())
                .env("BED_VERSION", workload.version());
    }

    private <T extends AutoCloseable> T push(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
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

    /** Ends the parts in the reverse order of their start; one that does not end keeps none of the others. */
    private void end() {
        IllegalStateException failed = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failure) {
                failed = failed == null ? new IllegalStateException("a part of the quick bed did not stop") : failed;
                failed.addSuppressed(failure);
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}

package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.SystemClock;
import io.jenkins.plugins.chaosgate.gate.journal.FileJournal;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.mesh.cluster.Kubeconfig;
import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
import io.jenkins.plugins.chaosgate.mesh.istio.IstioFaultInjector;
import io.jenkins.plugins.chaosgate.telemetry.PrometheusMetrics;
import io.jenkins.plugins.chaosgate.telemetry.WebhookClient;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Dialects;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Credentials;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.OurTime;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PemTrust;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusClient;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** An Istio mesh and its Prometheus. */
final class MeshWorld implements World {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WEBHOOK = Duration.ofSeconds(5);
    private static final int CALLS_AT_ONCE = 8;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(MeshWorld::daemon);
    private final ExecutorService calls = Executors.newFixedThreadPool(CALLS_AT_ONCE, MeshWorld::daemon);
    /** Never blocked by a cluster that hangs: nothing is put in before it is written down. */
    private final ExecutorService files = Executors.newSingleThreadExecutor(MeshWorld::daemon);
    /** Never blocked by a call that hangs: a gate's time-outs ring here. */
    private final ExecutorService gates = Executors.newSingleThreadExecutor(MeshWorld::daemon);

    private final GateClock clock;
    private final Deque<IstioFaultInjector> meshes = new ArrayDeque<>();

    MeshWorld() {
        this(UnaryOperator.identity());
    }

    /** @param ours makes the gate's clock of the machine's */
    MeshWorld(UnaryOperator<GateClock> ours) {
        clock = ours.apply(new SystemClock(timer, gates));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "chaos-gate");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public FaultInjector mesh(ClusterAddress address, ExtraMetadata extra) {
        try {
            IstioFaultInjector mesh = IstioFaultInjector.connect(kubeconfig(address), calls, extra);
            meshes.push(mesh);
            return mesh;
        } catch (IllegalArgumentException e) {
            throw new UsageException("--kubeconfig: " + e.getMessage());
        }
    }

    @Override
    public String nameOf(ClusterAddress address) {
        return kubeconfig(address).server().replaceFirst("/+$", "");
    }

    private static Kubeconfig kubeconfig(ClusterAddress address) {
        try {
            // The kubeconfig is the user's own, so its command for credentials is run, as kubectl does.
            return Kubeconfig.read(address.kubeconfigs(), address.context(), true);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("--kubeconfig: " + e.getMessage());
        }
    }

    @Override
    public FileJournal journal(Path folder) {
        return new FileJournal(folder, files, clock::now);
    }

    @Override
    public MetricSource metrics(PrometheusAddress address, Experiment experiment) {
        try {
            HttpClient.Builder http =
                    HttpClient.newBuilder().connectTimeout(CONNECT).executor(calls);
            if (address.ca().isPresent()) {
                http.sslContext(PemTrust.trusting(Files.readString(address.ca().get())));
            }
            PrometheusSettings settings = PrometheusSettings.of(address.url(), credentials(address.login()))
                    .withHeaders(address.headers());
            return new PrometheusMetrics(
                    new OurTime(new PrometheusClient(http.build(), settings), clock::now),
                    new WebhookClient(http.build(), WEBHOOK, clock::now),
                    Dialects.named(address.dialect(), experiment.target().namespace(), address.matchers()),
                    clock::now,
                    settings.timeout().plusSeconds(2));
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("--prometheus: " + e.getMessage());
        }
    }

    private static Credentials credentials(PrometheusAddress.Login login) {
        if (login instanceof PrometheusAddress.Login.Token token) {
            return Credentials.bearer(token.token());
        }
        if (login instanceof PrometheusAddress.Login.Password password) {
            return Credentials.basic(password.user(), password.password());
        }
        return Credentials.NONE;
    }

    @Override
    public GateClock clock() {
        return clock;
    }

    @Override
    public void close() {
        meshes.forEach(IstioFaultInjector::close);
        timer.shutdownNow();
        gates.shutdownNow();
        calls.shutdownNow();
        files.shutdownNow();
    }
}

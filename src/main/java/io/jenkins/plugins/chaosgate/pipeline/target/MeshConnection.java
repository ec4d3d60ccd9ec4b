package io.jenkins.plugins.chaosgate.pipeline.target;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.mesh.istio.IstioFaultInjector;
import io.jenkins.plugins.chaosgate.telemetry.PrometheusMetrics;
import io.jenkins.plugins.chaosgate.telemetry.WebhookClient;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Dialects;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.OurTime;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.PrometheusClient;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An Istio mesh and its Prometheus, for any number of gates at once. Each target has threads of its own, a few, which go
 * when there is nothing to do: a cluster that hangs keeps nobody from taking faults out of another.
 */
final class MeshConnection implements Connection {

    private static final int CLUSTER_CALLS_AT_ONCE = 8;
    private static final int ANSWERS_AT_ONCE = 3;
    private static final Duration WEBHOOK = Duration.ofSeconds(5);
    private static final long IDLE_SECONDS = 10;

    private final TargetAccess access;
    private final ExecutorService calls;
    private final ExecutorService answers;
    private final IstioFaultInjector mesh;
    private final PrometheusClient prometheus;
    private final WebhookClient webhooks;

    /**
     * @throws IllegalArgumentException where the cluster's credentials cannot be read
     */
    MeshConnection(TargetAccess access) {
        this.access = access;
        this.calls = threads("calls", CLUSTER_CALLS_AT_ONCE);
        this.mesh = IstioFaultInjector.connect(access.kubernetes(), calls, access.objects());
        this.answers = threads("answers", ANSWERS_AT_ONCE);
        HttpClient http = access.prometheus().http(answers);
        this.prometheus = new PrometheusClient(http, access.prometheus().settings());
        this.webhooks = new WebhookClient(
                access.prometheus().trustsAsJavaDoes()
                        ? http
                        : access.prometheus().httpForOthers(answers),
                WEBHOOK,
                InstantSource.system(),
                new WebhookDoor(access.webhooks(), InetAddress::getAllByName, calls));
    }

    private ExecutorService threads(String what, int most) {
        ThreadFactory factory = work -> {
            Thread thread = new Thread(work, "chaos-gate " + access.name() + " " + what);
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public FaultInjector mesh() {
        return mesh;
    }

    @Override
    public MetricSource metrics(Experiment experiment) {
        MetricSource metrics = new PrometheusMetrics(
                new OurTime(prometheus, InstantSource.system()),
                webhooks,
                Dialects.named(access.metrics(), experiment.target().namespace(), access.matchers()),
                InstantSource.system(),
                access.prometheus().settings().timeout().plusSeconds(2));
        return access.prometheus().trustsAnybody() ? new UnverifiedMetrics(metrics) : metrics;
    }

    @Override
    public void close() {
        mesh.close();
        calls.shutdown();
        answers.shutdown();
    }
}

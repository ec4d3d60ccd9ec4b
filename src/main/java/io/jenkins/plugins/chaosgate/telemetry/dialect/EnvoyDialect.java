package io.jenkins.plugins.chaosgate.telemetry.dialect;

import io.jenkins.plugins.chaosgate.experiment.BandwidthLimit;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.gate.port.InjectionPoint;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Fate;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Kind;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Whose;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.NoAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Envoy's native statistics, with the labels that Prometheus gives to each scraped proxy: {@code namespace}, {@code app},
 * {@code version}, {@code pod}. What workloads answered is counted by their own proxies' inbound clusters, which a
 * request that a fault aborted never reached. gRPC statuses are not in these statistics.
 */
public final class EnvoyDialect implements MetricDialect {
    private static final String REQUESTS = "envoy_cluster_upstream_rq";
    private static final String DURATIONS = "envoy_cluster_upstream_rq_time_bucket";

    /** Counters of requests that the caller's proxy itself answered with an error, with the flag that Envoy has for it. */
    private static final Map<String, Fate> FATES = Map.of(
            "envoy_cluster_upstream_cx_none_healthy", new Fate(Kind.UNANSWERED, "UH"),
            "envoy_cluster_upstream_rq_pending_overflow", new Fate(Kind.UNANSWERED, "UO"),
            "envoy_cluster_upstream_rq_timeout", new Fate(Kind.UNANSWERED, "UT"),
            "envoy_cluster_upstream_rq_pending_failure_eject", new Fate(Kind.PERHAPS_UNANSWERED, "UF"),
            "envoy_cluster_upstream_rq_rx_reset", new Fate(Kind.PERHAPS_UNANSWERED, "UC"));

    /** The labels that Envoy gives, and not the scrape; its clusters are those of upstream hosts. */
    private static final Pattern OWN = Pattern.compile(
            "__name__|le|cluster_name|http_conn_manager_prefix|listener_address|(response_code|envoy|grpc)_.*");

    private static final Set<String> OF_WORKLOAD = Set.of("namespace", "app", "version");

    private final String namespace;
    private final Matchers matchers;

    /** For a Prometheus that knows one cluster only. */
    public EnvoyDialect(String namespace) {
        this(namespace, Matchers.NONE);
    }

    /**
     * @param namespace the experiment's target namespace: canary, stable version and injecting proxies are there
     * @param matchers which series of the Prometheus are of the target's cluster
     */
    public EnvoyDialect(String namespace, Matchers matchers) {
        this.namespace = namespace;
        this.matchers = matchers;
    }

    @Override
    public String name() {
        return "envoy";
    }

    @Override
    public Matchers matchers() {
        return matchers;
    }

    @Override
    public Origin origin(Map<String, String> labels) {
        return new Origin(
                Origin.only(labels, OF_WORKLOAD::contains),
                Optional.empty(),
                Origin.only(labels, name -> !OWN.matcher(name).matches()));
    }

    @Override
    public Selector everywhere() {
        return matchers.series(REQUESTS);
    }

    /** The metric also counts by exact status, in other series; those by class are taken, each request once. */
    @Override
    public RequestSeries requests(ServiceName service, Optional<Workloads> workloads) {
        return new RequestSeries(
                answered(REQUESTS, service, workloads).matching("response_code_class", "[1-5]xx"),
                labels -> true,
                labels -> "5xx".equals(labels.get("response_code_class")),
                labels -> false);
    }

    /**
     * The callers' proxies count by cluster, which names the service and not the workload that answered. Besides there are
     * counters of what never got an answer: of requests, but for broken connections, which are counted for each attempt.
     */
    @Override
    public CallerSeries callers(Set<ServiceName> services, Optional<Workloads> workloads) {
        String hosts = services.stream()
                .map(service -> Selector.literally(service.name() + "." + service.namespace()))
                .sorted()
                .collect(Collectors.joining("|"));
        String clusters = "outbound\\|[0-9]+\\|[^|]*\\|(" + hosts + ")(\\..*)?";
        List<Selector> selectors = new ArrayList<>();
        selectors.add(matchers.series(REQUESTS)
                .matching("cluster_name", clusters)
                .matching("response_code_class", "[1-5]xx"));
        FATES.keySet().forEach(metric -> selectors.add(matchers.series(metric).matching("cluster_name", clusters)));
        return new CallerSeries(
                selectors,
                labels -> FATES.getOrDefault(labels.getOrDefault("__name__", ""), Fate.ANSWERED),
                labels -> workloads.isEmpty() ? Whose.JUDGED : Whose.UNKNOWN,
                true);
    }

    @Override
    public DurationSeries durations(ServiceName service, Optional<Workloads> workloads) {
        return new DurationSeries(answered(DURATIONS, service, workloads), labels -> true, labels -> false, 1000);
    }

    /**
     * These counters know neither the service that was called nor the route. A proxy's listeners in the other direction
     * are left out where a label tells.
     */
    @Override
    public InjectionSeries injections(Fault fault, InjectionPoint point) {
        Selector injected = of(matchers.series(counter(fault)), point.proxies())
                .notMatching("http_conn_manager_prefix", point.inbound() ? "outbound.*" : "inbound.*");
        return new InjectionSeries(injected, "the counter itself", labels -> true, labels -> false);
    }

    /** These counters know only what was hurt, of the first kind of fault among them. */
    @Override
    public BystanderSeries bystanders(List<Fault> faults, List<InjectionPoint> points) {
        Selector injected = matchers.series(counter(faults.get(0)))
                .with("namespace", namespace)
                .notMatching("http_conn_manager_prefix", points.get(0).inbound() ? "outbound.*" : "inbound.*");
        return new BystanderSeries(
                injected,
                labels -> points.stream().noneMatch(point -> isOf(labels, point.proxies())),
                labels -> true,
                false);
    }

    private static boolean isOf(Map<String, String> labels, Workloads workloads) {
        return AppVersion.tell(workloads.labels())
                ? AppVersion.fit(labels, "", workloads.labels())
                : workloads.pods().contains(labels.getOrDefault("pod", ""));
    }

    private static String counter(Fault fault) {
        if (fault instanceof BandwidthLimit) {
            return "envoy_http_fault_response_rl_injected";
        }
        return fault instanceof HttpDelay ? "envoy_http_fault_delays_injected" : "envoy_http_fault_aborts_injected";
    }

    /** All workloads of a service are those whose label app is its name; the statistics have no better link. */
    private Selector answered(String metric, ServiceName service, Optional<Workloads> workloads) {
        Selector inbound = matchers.series(metric).matching("cluster_name", "inbound\\|.*");
        return workloads.isPresent()
                ? of(inbound, workloads.get())
                : inbound.with("namespace", service.namespace()).with("app", service.name());
    }

    private Selector of(Selector selector, Workloads workloads) {
        Selector inNamespace = selector.with("namespace", namespace);
        if (AppVersion.tell(workloads.labels())) {
            return AppVersion.select(inNamespace, "", workloads.labels());
        }
        if (!workloads.pods().isEmpty()) {
            return inNamespace.withAny("pod", workloads.pods());
        }
        throw new NoAnswer(Why.NO_SERIES, "no pod is known that Envoy's statistics could be asked about");
    }
}

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
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Istio's standard metrics. What a service answered is counted by its own proxies ({@code reporter="destination"}): a
 * call that a fault aborts on its way is not among it. What a fault hurt is told by the response flags of the proxies
 * that inject.
 */
public final class IstioDialect implements MetricDialect {
    private static final String REQUESTS = "istio_requests_total";
    private static final String DURATIONS = "istio_request_duration_milliseconds_bucket";
    /** The gRPC statuses that Envoy would translate to an HTTP status of 5xx: the server's fault, not the caller's. */
    private static final Set<String> GRPC_FAILED = Set.of("2", "4", "12", "13", "14", "15");
    /** What Istio says of an endpoint that was never chosen, or that it knows nothing of. */
    private static final Set<String> UNKNOWN = Set.of("", "unknown");
    /** A number, or a class of them. */
    private static final Pattern STATUS = Pattern.compile("\\d{1,3}|[1-5]xx");

    /** The labels that Istio and Envoy give, and not the scrape. */
    private static final Pattern OWN = Pattern.compile(
            "__name__|le|reporter|connection_security_policy|http_conn_manager_prefix|(source|destination|request|response|grpc|envoy|upstream|downstream)_.*");

    private static final Set<String> OF_WORKLOAD =
            Set.of("workload", "workload_namespace", "app", "version", "canonical_service", "canonical_revision");
    private static final Set<String> UNTOLD = Set.of("", "unknown");

    private static final Pattern SERVICE = Pattern.compile("([^.]+\\.[^.]+)\\.svc(\\..*)?");

    private final String namespace;
    private final Matchers matchers;

    /** For a Prometheus that knows one cluster only. */
    public IstioDialect(String namespace) {
        this(namespace, Matchers.NONE);
    }

    /**
     * @param namespace the experiment's target namespace: canary, stable version and injecting proxies are there
     * @param matchers which series of the Prometheus are of the target's cluster
     */
    public IstioDialect(String namespace, Matchers matchers) {
        this.namespace = namespace;
        this.matchers = matchers;
    }

    @Override
    public String name() {
        return "istio";
    }

    @Override
    public Matchers matchers() {
        return matchers;
    }

    /** By the end of the call that the counting proxy is at. */
    @Override
    public Origin origin(Map<String, String> labels) {
        String end = "source".equals(labels.get("reporter")) ? "source_" : "destination_";
        return new Origin(
                Origin.only(labels, name -> name.startsWith(end) && OF_WORKLOAD.contains(name.substring(end.length()))),
                Optional.ofNullable(labels.get(end + "cluster")).filter(name -> !UNTOLD.contains(name)),
                Origin.only(labels, name -> !OWN.matcher(name).matches()));
    }

    @Override
    public Selector everywhere() {
        return matchers.series(REQUESTS);
    }

    @Override
    public RequestSeries requests(ServiceName service, Optional<Workloads> workloads) {
        return new RequestSeries(
                answered(REQUESTS, service, workloads),
                labels -> !ResponseFlags.have(labels, ResponseFlags.FAULT_ABORTED) && !isCancelled(labels),
                IstioDialect::isFailed,
                IstioDialect::isCancelled);
    }

    /** A waypoint counts for callers and services in front of which it stands. */
    @Override
    public CallerSeries callers(Set<ServiceName> services, Optional<Workloads> workloads) {
        Selector got = matchers.series(REQUESTS)
                .matching("reporter", "source|waypoint")
                .matching(
                        "destination_service",
                        services.stream()
                                .map(service -> host(service.name() + "." + service.namespace() + ".svc"))
                                .sorted()
                                .collect(Collectors.joining("|")));
        return new CallerSeries(List.of(got), IstioDialect::fate, labels -> whose(labels, workloads), false);
    }

    private static Fate fate(Map<String, String> labels) {
        if (ResponseFlags.have(labels, ResponseFlags.FAULT_ABORTED)) {
            return Fate.ABORTED_BY_FAULT;
        }
        if (isCancelled(labels)) {
            return Fate.CANCELLED;
        }
        return ResponseFlags.ofProxy(labels)
                .filter(flag -> isFailed(labels))
                .map(flag -> new Fate(Kind.UNANSWERED, flag))
                .orElse(Fate.ANSWERED);
    }

    private static Whose whose(Map<String, String> labels, Optional<Workloads> workloads) {
        if (workloads.isEmpty() || isOf(labels, "destination", workloads.get())) {
            return Whose.JUDGED;
        }
        return UNKNOWN.contains(labels.getOrDefault("destination_workload", "")) ? Whose.UNKNOWN : Whose.OTHERS;
    }

    private static boolean isCancelled(Map<String, String> labels) {
        return ResponseFlags.have(labels, ResponseFlags.CANCELLED)
                && !ResponseFlags.have(labels, ResponseFlags.FAULT_ABORTED);
    }

    @Override
    public DurationSeries durations(ServiceName service, Optional<Workloads> workloads) {
        return new DurationSeries(
                answered(DURATIONS, service, workloads),
                labels -> !ResponseFlags.have(labels, ResponseFlags.FAULT_ABORTED)
                        && !ResponseFlags.have(labels, ResponseFlags.FAULT_DELAYED)
                        && !isCancelled(labels),
                IstioDialect::isCancelled,
                1000);
    }

    @Override
    public InjectionSeries injections(Fault fault, InjectionPoint point) {
        if (fault instanceof BandwidthLimit) {
            // No response flag tells of it.
            return new EnvoyDialect(namespace, matchers).injections(fault, point);
        }
        String flag = fault instanceof HttpDelay ? ResponseFlags.FAULT_DELAYED : ResponseFlags.FAULT_ABORTED;
        Selector calls = point.inbound()
                ? of(matchers.series(REQUESTS).with("reporter", "destination"), "destination", point.proxies())
                : of(matchers.series(REQUESTS).with("reporter", "source"), "source", point.proxies())
                        .matching("destination_service", hosts(fault, List.of(point)));
        return new InjectionSeries(
                calls, "response flag " + flag, labels -> ResponseFlags.have(labels, flag), labels -> true);
    }

    @Override
    public BystanderSeries bystanders(List<Fault> faults, List<InjectionPoint> points) {
        if (faults.stream().allMatch(BandwidthLimit.class::isInstance)) {
            return new EnvoyDialect(namespace, matchers).bystanders(faults, points);
        }
        boolean inbound = points.get(0).inbound();
        String end = inbound ? "destination" : "source";
        Selector calls = matchers.series(REQUESTS)
                .with("reporter", end)
                .with(end + "_workload_namespace", namespace)
                .matching("destination_service", hosts(faults.get(0), points));
        return new BystanderSeries(
                calls,
                labels -> points.stream().noneMatch(point -> isOf(labels, end, point.proxies())),
                labels -> ResponseFlags.have(labels, ResponseFlags.FAULT_ABORTED)
                        || ResponseFlags.have(labels, ResponseFlags.FAULT_DELAYED),
                true);
    }

    private static boolean isOf(Map<String, String> labels, String end, Workloads workloads) {
        return AppVersion.tell(workloads.labels())
                ? AppVersion.fit(labels, end + "_", workloads.labels())
                : workloads.names().contains(labels.getOrDefault(end + "_workload", ""));
    }

    /**
     * With workloads the service's name is not asked for: of several services before the same pods, as canary
     * controllers make them, Istio records only one.
     */
    private Selector answered(String metric, ServiceName service, Optional<Workloads> workloads) {
        Selector answered = matchers.series(metric).with("reporter", "destination");
        return workloads.isPresent()
                ? of(answered, "destination", workloads.get())
                : answered.with("destination_service_name", service.name())
                        .with("destination_workload_namespace", service.namespace());
    }

    /** Only calls with those workloads at that end: source or destination. */
    private Selector of(Selector calls, String end, Workloads workloads) {
        Selector inNamespace = calls.with(end + "_workload_namespace", namespace);
        if (AppVersion.tell(workloads.labels())) {
            return AppVersion.select(inNamespace, end + "_", workloads.labels());
        }
        if (!workloads.names().isEmpty()) {
            return inNamespace.withAny(end + "_workload", workloads.names());
        }
        throw new NoAnswer(Why.NO_SERIES, "no workload is known that Istio's metrics could be asked about");
    }

    /** The host names that Istio gives to the calls: of the service, and of where routes lead its calls to. */
    private static String hosts(Fault fault, List<InjectionPoint> points) {
        ServiceName service = fault.scope().to();
        return Stream.concat(
                        Stream.of(service.name() + "." + service.namespace() + ".svc"),
                        points.stream().flatMap(point -> point.ends().stream()))
                .map(IstioDialect::host)
                .distinct()
                .collect(Collectors.joining("|"));
    }

    /** A host's name; a service's whatever the cluster's domain is. */
    private static String host(String name) {
        Matcher service = SERVICE.matcher(name);
        return service.matches() ? Selector.literally(service.group(1)) + "(\\..*)?" : Selector.literally(name);
    }

    /**
     * A status of 0 is a connection that broke before there was an answer.
     *
     * @throws NoAnswer where there is no status at all: to take such requests for good ones could hide failures
     */
    private static boolean isFailed(Map<String, String> labels) {
        String code = labels.getOrDefault("response_code", "");
        if (!STATUS.matcher(code).matches()) {
            throw new NoAnswer(
                    Why.GARBAGE,
                    "expected a status as the label response_code of " + REQUESTS + ", found "
                            + (code.isEmpty() ? "none" : Quote.of(code))
                            + "; which requests failed cannot be told without it: keep it in the mesh's telemetry and in"
                            + " the relabelling of the scrapes");
        }
        return code.equals("0")
                || (code.length() == 3 && code.startsWith("5"))
                || GRPC_FAILED.contains(labels.getOrDefault("grpc_response_status", ""));
    }
}

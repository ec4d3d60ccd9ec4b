package io.jenkins.plugins.chaosgate.mesh.live;

import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.assertRefused;
import static io.jenkins.plugins.chaosgate.mesh.live.Written.FAULT;
import static io.jenkins.plugins.chaosgate.mesh.live.Written.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A thief with the account's token makes no EnvoyFilter but such as gates make: what each lacks or has more is refused. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class FaultBypassLiveTest {

    private static final String ONE_OWNER = "a fault must be owned by one Job alone, the guard of its gate";
    private static final String TYPE = "a fault must be of the type envoy.extensions.filters.http.fault.v3.HTTPFault";
    private static final String ABORT = "an abort must have an http_status of 200 to 599 or a grpc_status of 1 to 16";
    private static final String DELAY = "a delay must have a fixed_delay above 0s, of at most 3600s";
    private static final String SHARE = "a fault must have a percentage of 1 to 1000000 of a MILLION";
    private static final String FIELDS = "have no field that gates do not write";
    private static final String HOST = "a fault must name one virtual host, that of a service of the cluster";
    private static final String SIDECARS = "a fault must be for sidecars";
    private static final String ADDITIVE = "only additive faults on routes";
    private static final String SELECTS = "a fault must select workloads";
    private static final String HEADER = "a header of a fault must have a name and an exact value";
    private static final String SPEC = "nothing else in its spec";

    private static StolenToken token;

    @BeforeAll
    static void steal(FullBed bed) throws Exception {
        token = StolenToken.under(bed);
    }

    @AfterAll
    static void end() {
        token.close();
    }

    private static final String OWNER =
            "- {apiVersion: batch/v1, kind: Job, name: chaos-gate-7f3a, uid: 00000000-0000-0000-0000-000000000000,"
                    + " blockOwnerDeletion: false}";
    private static final String VHOST =
            "routeConfiguration: {vhost: {name: \"ratings.bookinfo.svc.cluster.local:9080\"}}";

    static Stream<Arguments> whoItIs() {
        return Stream.of(
                arguments("nobody owns it", "ownerReferences:", "finalizers: []\n  x-nothing:", "owned by a Job"),
                arguments("a Job of the user's owns it", "name: chaos-gate-7f3a, uid", "name: nightly, uid", ONE_OWNER),
                arguments("another gate's guard owns it", "chaos-gate-7f3a, uid", "chaos-gate-0000, uid", ONE_OWNER),
                arguments(
                        "a second owner keeps it",
                        OWNER,
                        OWNER + "\n  - {apiVersion: v1, kind: Namespace, name: bookinfo, uid: x}",
                        ONE_OWNER),
                arguments("it holds up its guard's end", "Deletion: false", "Deletion: true", ONE_OWNER),
                arguments("its guard controls it", "blockOwnerDeletion: false", "controller: true", ONE_OWNER),
                arguments("a Deployment owns it", "batch/v1, kind: Job", "apps/v1, kind: Deployment", "owned by a Job"),
                arguments(
                        "it has a finalizer",
                        "  annotations:",
                        "  finalizers: [x.example/stay]\n  annotations:",
                        "no finalizers"),
                arguments(
                        "it has a name of the user's",
                        "name: chaos-gate-7f3a-2",
                        "name: tracing",
                        "a fault must be named"),
                arguments(
                        "its name is made up later",
                        "name: chaos-gate-7f3a-2",
                        "generateName: chaos-gate-7f3a-",
                        "be named"),
                arguments("its name is another gate's", "gate-7f3a-2", "gate-0000-2", "a fault must be named"),
                arguments(
                        "it has no label",
                        "app.kubernetes.io/managed-by: chaos-gate, ",
                        "",
                        "the two labels of a gate"),
                arguments("it has a label more", "{app.kub", "{istio.io/rev: x, app.kub", "the two labels of a gate"),
                arguments(
                        "it has an annotation more",
                        "{chaos-gate.jenkins.io/origin",
                        "{x.example/y",
                        "no annotations"));
    }

    static Stream<Arguments> whomItReaches() {
        return Stream.of(
                arguments("it selects no workload", "{labels: {app: reviews, version: v2}}", "{labels: {}}", SELECTS),
                arguments("it has an empty selector", "{labels: {app: reviews, version: v2}}", "{}", SELECTS),
                arguments(
                        "it has no selector",
                        "workloadSelector: {labels: {app: reviews, version: v2}}",
                        "priority: 0",
                        SELECTS),
                arguments(
                        "it is for all namespaces",
                        "namespace: bookinfo",
                        "namespace: istio-system",
                        "the root namespace of the mesh"),
                arguments("it goes before others", "workloadSelector:", "priority: -10\n  workloadSelector:", SPEC),
                arguments("it changes nothing", "configPatches:", "x-nothing:", SPEC),
                arguments(
                        "it targets a gateway",
                        "workloadSelector: {labels: {app: reviews, version: v2}}",
                        "targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: g}]",
                        SELECTS),
                arguments("it is for gateways", "SIDECAR_OUTBOUND", "GATEWAY", SIDECARS),
                arguments("it is for any proxy", "SIDECAR_OUTBOUND", "ANY", SIDECARS),
                arguments("it does not say for which proxies", "context: SIDECAR_OUTBOUND", "x-nothing: 1", SIDECARS),
                arguments(
                        "it is for proxies of a version",
                        "context:",
                        "proxy: {proxyVersion: .*}\n      context:",
                        SIDECARS),
                arguments("it is for a listener", VHOST, "listener: {portNumber: 9080}", SIDECARS),
                arguments("it names no virtual host", VHOST, "routeConfiguration: {}", HOST),
                arguments("its virtual host is empty", "ratings.bookinfo.svc.cluster.local:9080", "", HOST),
                arguments(
                        "it is for all that leaves the mesh",
                        "ratings.bookinfo.svc.cluster.local:9080",
                        "allow_any",
                        HOST),
                arguments(
                        "it is for a host outside", "ratings.bookinfo.svc.cluster.local:9080", "pay.example:443", HOST),
                arguments("it is for all ports", "local:9080", "local", HOST),
                arguments("it names a domain", "vhost: {name", "vhost: {domainName: \"*\", name", HOST),
                arguments("it names a route", "{vhost:", "{name: \"9080\", vhost:", HOST),
                arguments("it is inbound at an outbound host", "OUTBOUND", "INBOUND", HOST));
    }

    static Stream<Arguments> whatItChanges() {
        String filter = "envoy.filters.http.fault:";
        String config = "typed_per_filter_config:";
        return Stream.of(
                arguments("it is a filter", "HTTP_ROUTE", "HTTP_FILTER", ADDITIVE),
                arguments("it is for whole virtual hosts", "HTTP_ROUTE", "VIRTUAL_HOST", ADDITIVE),
                arguments("it is for clusters", "HTTP_ROUTE", "CLUSTER", ADDITIVE),
                arguments("it removes", "MERGE", "REMOVE", ADDITIVE),
                arguments("it puts a route before all others", "MERGE", "INSERT_FIRST", ADDITIVE),
                arguments(
                        "it sets the class of a filter",
                        "operation:",
                        "filterClass: AUTHZ\n      operation:",
                        ADDITIVE),
                arguments("it redirects", config, "redirect: {host_redirect: x}\n        " + config, ADDITIVE),
                arguments("it sends calls elsewhere", config, "route: {cluster: x}\n        " + config, ADDITIVE),
                arguments("it has no value", config, "x-nothing:", ADDITIVE),
                arguments("it sets another filter", filter, "envoy.filters.http.rbac:", ADDITIVE),
                arguments(
                        "it sets another filter, too",
                        filter,
                        "envoy.filters.http.rbac: {}\n          " + filter,
                        ADDITIVE),
                arguments(
                        "it is of another type under the filter's name",
                        "fault.v3.HTTPFault",
                        "rbac.v3.RBACPerRoute",
                        TYPE),
                arguments("it is a filter's config of any type", "fault.v3.HTTPFault", "fault.v3.HTTPFault2", TYPE),
                arguments("it has no type", "\"@type\":", "x-type:", TYPE),
                arguments("it is text", filter, filter + " text\n          x-nothing:", ADDITIVE));
    }

    static Stream<Arguments> whatItSays() {
        return Stream.of(
                arguments("its status is 600", "http_status: 500", "http_status: 600", ABORT),
                arguments("its status is 199", "http_status: 500", "http_status: 199", ABORT),
                arguments("its status is text", "http_status: 500", "http_status: \"500\"", ABORT),
                arguments("its status is a fraction", "http_status: 500", "http_status: 500.5", ABORT),
                arguments("its status is null", "http_status: 500", "http_status: null", ABORT),
                arguments("its gRPC status is 17", "http_status: 500", "grpc_status: 17", ABORT),
                arguments("its gRPC status is 0", "http_status: 500", "grpc_status: 0", ABORT),
                arguments("it has two statuses", "http_status: 500", "http_status: 500, grpc_status: 14", ABORT),
                arguments("callers choose the status", "http_status: 500", "header_abort: {}", ABORT),
                arguments("its delay is 0", "0.25s", "0s", DELAY),
                arguments("its delay is below 0", "0.25s", "-1s", DELAY),
                arguments("its delay is too long", "0.25s", "3601s", DELAY),
                arguments("its delay is in minutes", "0.25s", "1m", DELAY),
                arguments("its delay is a number", "0.25s", "1", DELAY),
                arguments("callers choose the delay", "fixed_delay: 0.25s", "header_delay: {}", DELAY),
                arguments("its limit is 0", "limit_kbps: 64", "limit_kbps: 0", "a limit_kbps of at least 1"),
                arguments("its limit is below 0", "limit_kbps: 64", "limit_kbps: -1", "a limit_kbps of at least 1"),
                arguments(
                        "callers choose the limit",
                        "fixed_limit: {limit_kbps: 64}",
                        "header_limit: {}",
                        "a limit_kbps"),
                arguments("it is above 100 %", "numerator: 1000000", "numerator: 1000001", SHARE),
                arguments("it is for nobody", "numerator: 1000000", "numerator: 0", SHARE),
                arguments(
                        "it is a share of hundred", "1000000, denominator: MILLION", "1, denominator: HUNDRED", SHARE),
                arguments("its share is text", "numerator: 1000000", "numerator: all", SHARE),
                arguments(
                        "it has no share", "500, percentage: {numerator: 1000000, denominator: MILLION}", "500", SHARE),
                arguments("its share says more", "{numerator: 1000000", "{x: 1, numerator: 1000000", SHARE),
                arguments("its abort is no message", "abort: {", "abort: 500\n            x: {", FIELDS),
                arguments(
                        "it has an unknown field",
                        "max_active_faults:",
                        "abort_percent_runtime: x\n            max_active_faults:",
                        FIELDS),
                arguments("it is written in the other way", "max_active_faults", "maxActiveFaults", FIELDS),
                arguments(
                        "it caps nothing", "max_active_faults: 5", "max_active_faults: 0", "max_active_faults must be"),
                arguments(
                        "its cap is null",
                        "max_active_faults: 5",
                        "max_active_faults: null",
                        "max_active_faults must be"),
                arguments("a header is a regular expression", "exact: canary", "safe_regex: {regex: .*}", HEADER),
                arguments("a header has no name", "{name: x-tester, ", "{", HEADER),
                arguments("a header's name is none", "name: x-tester", "name: \"x tester\"", HEADER),
                arguments("a header holds a line break", "exact: canary", "exact: \"a\\r\\nb\"", HEADER),
                arguments(
                        "a header is turned around",
                        "{name: x-tester,",
                        "{invert_match: true, name: x-tester,",
                        HEADER),
                arguments("headers are no list", "[{name: x-tester, string_match: {exact: canary}}]", "{}", HEADER),
                arguments("it watches another cluster", "outbound|9080", "BlackHole|9080", "an outbound cluster"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"whoItIs", "whomItReaches", "whatItChanges", "whatItSays"})
    void isRefused(String because, String piece, String instead, String words) {
        assertRefused(token.refusalToTry(with(FAULT, piece, instead)), words);
    }

    /** All attempts begin with this one: what is refused above is refused for its one difference. */
    @Test
    void whatAllThoseBeginWithIsTaken() {
        assertThat(token.refusalToTry(FAULT)).isEmpty();
    }
}

package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.TICKET;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.abort;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.calls;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.errors;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose calls have which host, by routes, visibility and the cluster's domain. */
class WhereCallsEndTest {

    private static final String SPLIT =
            "{hosts: [ratings], http: [{route: [{destination: {host: ratings-primary}, weight: 90},"
                    + " {destination: {host: ratings-canary}, weight: 10}]}]}";
    private static final String DOMAIN = ".bookinfo.svc.cluster.local";

    private final TestCluster cluster = Bookinfo.cluster();
    private final IstioFaultInjector injector = new IstioFaultInjector(cluster.client(), Runnable::run);

    @AfterEach
    void close() {
        cluster.close();
    }

    private Plan plan(String to) {
        return done(injector.plan(experiment(abort(calls(to))), TICKET));
    }

    private List<String> ends(String to) {
        Plan plan = plan(to);
        assertThat(errors(plan)).isEmpty();
        return plan.scene().injectionPoints().get(0).ends();
    }

    @Test
    void withoutRoutesCallsEndAtTheService() {
        assertThat(ends("ratings")).isEmpty();
        cluster.with(
                virtualService("ratings", "{hosts: [ratings], http: [{route: [{destination: {host: ratings}}]}]}"));
        assertThat(ends("ratings")).isEmpty();
    }

    @Test
    void aServiceThatIsRoutedToOthersEndsThere() {
        cluster.with(virtualService("ratings", SPLIT));
        assertThat(ends("ratings")).containsExactly("ratings-canary" + DOMAIN, "ratings-primary" + DOMAIN);
        assertThat(ends("details")).isEmpty();
    }

    @Test
    void delegatesAreFollowed() {
        cluster.with(
                virtualService("root", "{hosts: [ratings], http: [{delegate: {name: leaf}}]}"),
                virtualService("leaf", "{http: [{route: [{destination: {host: ratings-primary}}]}]}"));
        assertThat(ends("ratings")).containsExactly("ratings-primary" + DOMAIN);
    }

    @Test
    void theBackendsOfHttpRoutesAreEndsToo() {
        cluster.with(
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: ratings, namespace: bookinfo}
                spec:
                  parentRefs: [{group: "", kind: Service, name: ratings, port: 9080}]
                  rules:
                  - backendRefs: [{name: ratings-v1, port: 9080}, {name: ratings, namespace: other, port: 9080}]
                  - backendRefs: [{group: networking.istio.io, kind: Hostname, name: ratings.example, port: 80}]
                """);
        assertThat(ends("ratings"))
                .containsExactly("ratings-v1" + DOMAIN, "ratings.example", "ratings.other.svc.cluster.local");
        assertThat(ends("details")).isEmpty();
    }

    /** Flagger's service has no pod of the canary behind it, but callers of it get to the canary. */
    @Test
    void aServiceThatIsRoutedToTheCanarysOwnIsTheCanarysToo() {
        cluster.with(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: front, namespace: bookinfo}
                spec: {selector: {app: reviews-primary}, ports: [{name: http, port: 9080}]}
                """,
                virtualService("front", "{hosts: [front], http: [{route: [{destination: {host: reviews}}]}]}"));
        assertThat(plan("ratings").scene().canaryServices())
                .containsExactlyInAnyOrder(
                        new ServiceName("reviews", "bookinfo"), new ServiceName("front", "bookinfo"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"--domain\", \"$(POD_NAMESPACE).svc.example.internal\"',example.internal",
        "'\"--domain=bookinfo.svc.corp\"',corp",
        "'\"--domain\", \"$(POD_NAMESPACE).svc.cluster.local\", \"--log\", \"x.svc.other\"',cluster.local",
        "'\"--domain\", \"odd\"',cluster.local"
    })
    void theClustersDomainIsReadFromTheProxies(String args, String domain) {
        cluster.with(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: reviews-v2-x, namespace: bookinfo, labels: {app: reviews, version: v2}}
                spec: {containers: [{name: istio-proxy, image: proxy, args: [proxy, sidecar, %s]}]}
                status: {phase: Running}
                """
                        .formatted(args));
        cluster.with(virtualService("ratings", SPLIT));

        Plan plan = plan("ratings");

        assertThat(errors(plan)).isEmpty();
        assertThat(Json.parse(plan.changes().get(0).body())
                        .at("/spec/configPatches/0/match/routeConfiguration/vhost/name")
                        .asText())
                .isEqualTo("ratings.bookinfo.svc." + domain + ":9080");
        assertThat(plan.scene().injectionPoints().get(0).ends())
                .containsExactly("ratings-canary.bookinfo.svc." + domain, "ratings-primary.bookinfo.svc." + domain);
        assertThat(plan.scene().routing().hosts()).contains("ratings.bookinfo.svc." + domain);
        assertThat(plan.scene().routing().marks()).hasSize(1);
    }

    private static String filter(String patch) {
        return """
                apiVersion: networking.istio.io/v1alpha3
                kind: EnvoyFilter
                metadata: {name: users, namespace: bookinfo}
                spec:
                  configPatches:
                  - applyTo: HTTP_FILTER
                    match:
                      context: SIDECAR_OUTBOUND
                      listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager,
                                                        subFilter: {name: envoy.filters.http.fault}}}}
                    patch: %s
                """
                .formatted(patch);
    }

    private static final String LUA =
            "name: envoy.filters.http.lua, typed_config: {\"@type\": type.googleapis.com/envoy.extensions.filters.http.lua"
                    + ".v3.Lua, default_source_code: {inline_string: \"-- not envoy.filters.http.fault\"}}";
    private static final String FAULT =
            "typed_config: {\"@type\": type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault,"
                    + " abort: {http_status: 503}}";

    @ParameterizedTest
    @ValueSource(strings = {"INSERT_BEFORE", "INSERT_AFTER"})
    void aFilterThatOnlyNamesTheFaultFilterAsAPlaceIsNoFault(String operation) {
        cluster.with(filter("{operation: " + operation + ", value: {" + LUA + "}}"));
        assertThat(errors(plan("ratings"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{operation: REMOVE}",
                "{operation: MERGE, value: {typed_config: {max_active_faults: 0}}}",
                "{operation: INSERT_BEFORE, value: {name: envoy.filters.http.fault}}",
                "{operation: INSERT_BEFORE, value: {name: mine, " + FAULT + "}}"
            })
    void aFilterThatPutsInOrChangesAFaultIsOne(String patch) {
        cluster.with(filter(patch));
        assertThat(errors(plan("ratings")))
                .singleElement()
                .asString()
                .contains("EnvoyFilter bookinfo/users has a fault already");
    }

    private static String sidecar(String namespace, String more) {
        return "{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: " + namespace
                + "}, spec: {" + more + "}}";
    }

    private void inStock() {
        cluster.with("{apiVersion: v1, kind: Namespace, metadata: {name: stock}}")
                .with(Bookinfo.service("inventory", "stock", "{name: http, port: 8080, targetPort: 8080}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "egress: [{hosts: [\"./*\", \"istio-system/*\"]}]",
                "egress: [{hosts: [\"~/*\"]}]",
                "egress: [{hosts: [\"stock/other.stock.svc.cluster.local\"]}]",
                "workloadSelector: {labels: {app: reviews}}, egress: [{hosts: [\"./*\"]}]"
            })
    void aServiceThatASidecarLeavesOutCannotBeHurt(String spec) {
        inStock();
        cluster.with(sidecar("bookinfo", spec));
        assertThat(errors(plan("inventory.stock")))
                .singleElement()
                .asString()
                .contains("no route to inventory.stock", "Sidecar bookinfo/default leaves it out", "egress");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "egress: [{hosts: [\"*/*\"]}]",
                "egress: [{hosts: [\"./*\"]}, {hosts: [\"stock/*\"]}]",
                "egress: [{hosts: [\"stock/inventory.stock.svc.cluster.local\"]}]",
                "egress: [{hosts: [\"*/*.stock.svc.cluster.local\"]}]",
                "workloadSelector: {labels: {app: details}}, egress: [{hosts: [\"./*\"]}]",
                "outboundTrafficPolicy: {mode: REGISTRY_ONLY}"
            })
    void oneThatASidecarNamesCanBe(String spec) {
        inStock();
        cluster.with(sidecar("bookinfo", spec));
        assertThat(errors(plan("inventory.stock"))).isEmpty();
    }

    @Test
    void theMeshsOwnSidecarHoldsWhereTheNamespaceHasNone() {
        inStock();
        cluster.with(sidecar("istio-system", "egress: [{hosts: [\"./*\"]}]"));
        assertThat(errors(plan("inventory.stock"))).singleElement().asString().contains("Sidecar istio-system/default");
        cluster.with(sidecar("bookinfo", "egress: [{hosts: [\"*/*\"]}]"));
        assertThat(errors(plan("inventory.stock"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"., true", "~, true", "'other,stock', true", "*, false", "'other, bookinfo', false"})
    void aServiceThatIsNotExportedCannotBeHurt(String exportTo, boolean hidden) {
        cluster.with("{apiVersion: v1, kind: Namespace, metadata: {name: stock}}")
                .with("{apiVersion: v1, kind: Service, metadata: {name: hidden, namespace: stock, annotations:"
                        + " {networking.istio.io/exportTo: \"" + exportTo + "\"}}, spec: {selector: {app: hidden},"
                        + " ports: [{name: http, port: 8080}]}}");
        if (hidden) {
            assertThat(errors(plan("hidden.stock")))
                    .singleElement()
                    .asString()
                    .contains("no route to hidden.stock", "exportTo", "does not name namespace bookinfo");
        } else {
            assertThat(errors(plan("hidden.stock"))).isEmpty();
        }
    }

    @Test
    void hostsOutsideTheClusterAreSaidToBe() {
        assertThat(errors(plan("google.com")))
                .anySatisfy(error -> assertThat(error).contains("hosts outside the cluster cannot be hurt"));
        assertThat(errors(plan("rating")))
                .noneSatisfy(error -> assertThat(error).contains("outside the cluster"));
    }
}

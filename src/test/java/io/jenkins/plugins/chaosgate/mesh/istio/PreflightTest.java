package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.CANARY;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.PRODUCTPAGE;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.TICKET;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.abort;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.calls;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.callsFrom;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.errors;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.labels;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.overriding;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.texts;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.unguarded;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.virtualService;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.mockwebserver.http.MockResponse;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.gate.port.Scene;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What preflight says about a cluster; everything wrong at once. */
class PreflightTest {

    private static final String ABORTING =
            "{hosts: [ratings], http: [{name: usual, fault: {abort: {httpStatus: 418, percentage: {value: 1}}},"
                    + " route: [{destination: {host: ratings}}]}]}";

    private final TestCluster cluster = Bookinfo.cluster();
    private final IstioFaultInjector injector = new IstioFaultInjector(cluster.client(), Runnable::run);
    private final Experiment outage = experiment(abort(calls("ratings")));

    @AfterEach
    void close() {
        cluster.close();
    }

    private Plan plan(Experiment experiment) {
        return done(injector.plan(experiment, TICKET));
    }

    private static String pod(String name, String spec, String more) {
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, namespace: bookinfo, labels: {app: reviews, version: v2}%s}
            spec: %s
            status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
            """
                .formatted(name, more, spec);
    }

    @Test
    void whatIsAsItShouldBeIsSaidToo() {
        Plan plan = plan(outage);
        assertThat(texts(plan, Finding.Severity.OK))
                .anySatisfy(text -> assertThat(text).contains("1 member of app=reviews,version=v2"))
                .anySatisfy(text -> assertThat(text).contains("ratings.bookinfo, reviews.bookinfo"))
                .anySatisfy(text -> assertThat(text).matches("all \\d+ permissions are there"));
        assertThat(errors(plan)).isEmpty();
    }

    @Test
    void preflightChangesNothing() {
        plan(outage);
        List<String> setUp = cluster.requests.stream()
                .filter(request -> !request.startsWith("GET") && !request.contains("selfsubjectaccessreviews"))
                .filter(request -> request.contains("envoyfilters") || request.contains("virtualservices"))
                .toList();
        assertThat(setUp).isEmpty();
    }

    @Test
    void allMissingPermissionsAreNamedTogether() {
        cluster.denied.addAll(
                List.of("create envoyfilters bookinfo", "delete envoyfilters bookinfo", "list pods bookinfo"));
        Plan plan = plan(outage);
        assertThat(errors(plan))
                .anySatisfy(text -> assertThat(text)
                        .startsWith("may not create envoyfilters.networking.istio.io in namespace bookinfo: "))
                .anySatisfy(text -> assertThat(text).startsWith("may not delete envoyfilters.networking.istio.io"))
                .anySatisfy(text -> assertThat(text).startsWith("may not list pods in namespace bookinfo"))
                .hasSize(3);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.scene()).isEqualTo(Scene.UNKNOWN);
        assertThat(texts(plan, Finding.Severity.OK)).isEmpty();
    }

    @Test
    void aGuardThatMayNotBeMadeIsRefusedWithTheRuleThatIsMissing() {
        for (String verb : List.of("create", "get", "patch", "delete")) {
            cluster.denied.clear();
            cluster.denied.add(verb + " jobs bookinfo");
            Plan plan = plan(outage);
            assertThat(errors(plan))
                    .singleElement()
                    .asString()
                    .startsWith("may not " + verb + " jobs.batch in namespace bookinfo: ")
                    .contains("{apiGroups: [batch], resources: [jobs], verbs: [" + verb + "]}", "guard: none");
            assertThat(plan.guard()).isEmpty();
            assertThat(errors(plan(unguarded(outage)))).isEmpty();
            assertThat(errors(plan(outage.withMechanism(Mechanism.VIRTUAL_SERVICE))))
                    .isEmpty();
            assertThat(errors(plan(experiment()))).isEqualTo(errors(plan));
            assertThat(errors(plan(unguarded(experiment())))).isEmpty();
        }
    }

    @Test
    void aControlRunHasAGuardForItsLock() {
        Plan control = plan(experiment());
        assertThat(control.guard()).isEqualTo(plan(outage).guard()).isPresent();
        assertThat(control.changes()).isEmpty();
    }

    @Test
    void aFaultThatNothingStandsBehindIsWarnedOf() {
        String sentence = "so nothing removes the fault if this process dies";
        assertThat(warnings(plan(outage))).isEmpty();
        assertThat(warnings(plan(experiment()))).isEmpty();
        Plan unguarded = plan(unguarded(outage));
        assertThat(warnings(unguarded)).singleElement().asString().startsWith("guard: none, " + sentence);
        assertThat(unguarded.guard()).isEmpty();
        assertThat(unguarded.changes()).hasSize(1);
        assertThat(unguarded.changes().get(0).body()).doesNotContain("ownerReferences");
        Plan edits = plan(outage.withMechanism(Mechanism.VIRTUAL_SERVICE));
        assertThat(warnings(edits))
                .anySatisfy(text -> assertThat(text).contains("mechanism: virtualService, " + sentence));
        assertThat(edits.guard()).isEmpty();
    }

    @Test
    void anAccountOfOneNamespaceMayDo() {
        cluster.denied.addAll(List.of(
                "list virtualservices",
                "list envoyfilters",
                "list virtualservices istio-system",
                "list envoyfilters istio-system"));
        Plan plan = plan(outage);
        assertThat(errors(plan)).isEmpty();
        assertThat(warnings(plan)).anySatisfy(text -> assertThat(text)
                .contains("may not list virtualservices.networking.istio.io in all namespaces")
                .contains("only those in bookinfo"));
        cluster.denied.add("list envoyfilters bookinfo");
        assertThat(errors(plan(outage)))
                .singleElement()
                .asString()
                .startsWith("may not list envoyfilters.networking.istio.io in namespace bookinfo");
    }

    @Test
    void anAccountThatMayNotReadNamespacesMayDo() {
        cluster.answerFirst(request -> request.getPath().endsWith("/namespaces/bookinfo")
                ? Optional.of(TestCluster.refusal(403, "namespaces is forbidden"))
                : Optional.empty());
        assertThat(errors(plan(outage))).isEmpty();
    }

    @Test
    void aClusterThatDoesNotTellOfPermissionsIsWarnedAbout() {
        cluster.answerFirst(request -> request.getPath().endsWith("/selfsubjectaccessreviews")
                ? Optional.of(TestCluster.refusal(403, "no reviews here"))
                : Optional.empty());
        Plan plan = plan(outage);
        assertThat(errors(plan)).isEmpty();
        assertThat(warnings(plan)).anySatisfy(text -> assertThat(text).contains("cannot tell", "no reviews here"));
    }

    @Test
    void aNamespaceACanaryAServiceThatAreNotThere() {
        assertThat(errors(plan(experiment(new Target("nowhere", CANARY, Map.of()), "x", abort(calls("ratings"))))))
                .singleElement()
                .asString()
                .contains("namespace nowhere does not exist");
        Plan plan = plan(experiment(labels("app", "reviews", "version", "v9"), abort(calls("rating"))));
        assertThat(errors(plan))
                .anySatisfy(text -> assertThat(text).contains("no running pod or WorkloadEntry", "version=v9"))
                .anySatisfy(text -> assertThat(text)
                        .contains("service rating.bookinfo does not exist")
                        .contains("details, productpage, ratings, reviews"))
                .hasSize(2);
        assertThat(plan.scene().injectionPoints()).isEmpty();
    }

    @Test
    void podsNeedTheProxy() {
        String sidecar = "{containers: [{name: app}, {name: istio-proxy}]}";
        cluster.with(
                pod("a", sidecar, ""),
                pod("b", "{containers: [{name: app}], initContainers: [{name: istio-proxy}]}", ""),
                pod("c", "{containers: [{name: app}]}", ", annotations: {sidecar.istio.io/status: x}"));
        assertThat(errors(plan(outage))).isEmpty();
        cluster.with(pod("bare", "{containers: [{name: app}]}", ""));
        assertThat(errors(plan(outage)))
                .singleElement()
                .asString()
                .startsWith("bare of app=reviews,version=v2 has no istio-proxy");
    }

    @Test
    void aGatewayTakesNoFaultsOfSidecars() {
        cluster.with(pod("gateway", "{containers: [{name: istio-proxy, args: [proxy, router]}]}", ""));
        assertThat(errors(plan(outage))).singleElement().asString().contains("gateway", "is a gateway");
    }

    @Test
    void podsThatAreEndingDoNotCount() {
        String spec = "{containers: [{name: app}]}";
        cluster.with(
                pod("done", spec, "").replace("Running", "Succeeded"),
                pod("failed", spec, "").replace("Running", "Failed"));
        assertThat(plan(outage).scene().canary().pods()).containsExactly("reviews-v2");
    }

    @Test
    void callersThatAreNotReadyAreWarnedOf() {
        cluster.with(pod("slow", "{containers: [{name: istio-proxy}]}", "").replace("\"True\"", "\"False\""));
        Plan plan = plan(experiment(abort(callsFrom(CANARY, "ratings"))));
        assertThat(errors(plan)).isEmpty();
        assertThat(warnings(plan)).singleElement().asString().startsWith("slow of app=reviews,version=v2 is not ready");
        assertThat(warnings(plan(outage))).isEmpty();
    }

    @Test
    void aFaultOfTheUsersOnTheRouteIsRefusedUnlessOverridden() {
        cluster.with(virtualService("ratings", ABORTING));
        assertThat(errors(plan(outage)))
                .singleElement()
                .asString()
                .contains("route \"usual\" of VirtualService bookinfo/ratings", "overrideFault: true");
        Plan plan = plan(overriding(outage));
        assertThat(errors(plan)).isEmpty();
        assertThat(plan.changes()).hasSize(1);
        assertThat(warnings(plan)).singleElement().asString().contains("is replaced for as long as ours is in");
    }

    @Test
    void aFaultInADelegateCountsToo() {
        cluster.with(
                virtualService("ratings", "{hosts: [ratings], http: [{delegate: {name: child}}]}"),
                virtualService(
                        "child",
                        "{http: [{fault: {delay: {fixedDelay: 1s}}, route: [{destination: {host: ratings}}]}]}"));
        assertThat(errors(plan(outage))).singleElement().asString().contains("VirtualService bookinfo/child");
    }

    @Test
    void aFaultThatTheCanaryNeverMeetsDoesNotMatter() {
        cluster.with(
                virtualService(
                        "ratings",
                        "{hosts: [ratings], http: [{fault: {abort: {httpStatus: 500}}, match: [{sourceLabels:"
                                + " {version: v1}}, {sourceNamespace: other}, {gateways: [front]}],"
                                + " route: [{destination: {host: ratings}}]}, {route: [{destination: {host: ratings}}]}]}"),
                virtualService("at-the-gate", ABORTING.replace("hosts", "gateways: [front], hosts")),
                virtualService("elsewhere", ABORTING.replace("ratings", "details")),
                virtualService("hidden", ABORTING.replace("hosts", "exportTo: [other], hosts")));
        assertThat(errors(plan(outage))).isEmpty();
    }

    @Test
    void hostsAreReadAsIstiodReadsThem() {
        cluster.with(virtualService("a", ABORTING.replace("[ratings]", "[\"*.bookinfo.svc.cluster.local\"]")));
        assertThat(errors(plan(outage))).singleElement().asString().contains("bookinfo/a");
        cluster.with(
                virtualService("b", ABORTING).replace("namespace: bookinfo", "namespace: other"),
                virtualService("c", ABORTING.replace("[ratings]", "[ratings.bookinfo.svc.cluster.local]"))
                        .replace("namespace: bookinfo", "namespace: other"));
        assertThat(errors(plan(outage))).hasSize(2).noneMatch(text -> text.contains("other/b"));
    }

    @Test
    void anEnvoyFilterThatTouchesTheFaultFilterThereIsRefused() {
        String filter =
                """
                apiVersion: networking.istio.io/v1alpha3
                kind: EnvoyFilter
                metadata: {name: %s, namespace: bookinfo}
                spec:
                  workloadSelector: {labels: {app: %s}}
                  configPatches:
                  - applyTo: HTTP_ROUTE
                    match: {context: %s, routeConfiguration: {vhost: {name: "%s.bookinfo.svc.cluster.local:9080"}}}
                    patch: {operation: MERGE, value: {typed_per_filter_config: {envoy.filters.http.fault: {}}}}
                """;
        cluster.with(
                filter.formatted("other-workload", "details", "SIDECAR_OUTBOUND", "ratings"),
                filter.formatted("other-direction", "reviews", "SIDECAR_INBOUND", "ratings"),
                filter.formatted("other-host", "reviews", "SIDECAR_OUTBOUND", "details"),
                filter.formatted("other-filter", "reviews", "SIDECAR_OUTBOUND", "ratings")
                        .replace("http.fault", "http.lua"));
        assertThat(errors(plan(outage))).isEmpty();
        cluster.with(filter.formatted("ours", "reviews", "SIDECAR_OUTBOUND", "ratings"));
        assertThat(errors(plan(outage))).singleElement().asString().contains("EnvoyFilter bookinfo/ours");
        assertThat(errors(plan(overriding(outage)))).isEmpty();
    }

    @Test
    void aFaultOfAnotherGateIsNamedWithTheWayOut() {
        IstioFaultInjector first = new IstioFaultInjector(cluster.client(), Runnable::run);
        GateTicket earlier = new GateTicket("0ther", "build 11", TICKET.since(), TICKET.until());
        done(first.inject(done(first.plan(unguarded(outage), earlier)).changes().get(0)));
        assertThat(errors(plan(experiment())))
                .singleElement()
                .asString()
                .contains("gate 0ther (build 11)", "EnvoyFilter bookinfo/chaos-gate-0ther", "sweep");
        assertThat(errors(done(injector.plan(outage, earlier)))).isEmpty();
        assertThat(errors(plan(experiment(labels("app", "productpage"), abort(calls("details"))))))
                .isEmpty();
    }

    @Test
    void routesOfAnotherGateAreNamedToo() {
        cluster.with(virtualService(
                "ratings",
                "{hosts: [ratings], http: [{name: chaos-gate-0ther-1, route: [{destination: {host: ratings}}]}]}"));
        assertThat(errors(plan(outage)))
                .singleElement()
                .asString()
                .contains("gate 0ther has a fault in, VirtualService bookinfo/ratings");
    }

    @Test
    void retriesAndControllersAreWarnedOf() {
        cluster.with(
                virtualService(
                                "ratings",
                                "{hosts: [ratings], http: [{timeout: 1s, retries: {attempts: 3}, route: [{destination:"
                                        + " {host: ratings}}]}]}")
                        .replace(
                                "namespace: bookinfo}",
                                "namespace: bookinfo, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary,"
                                        + " name: r, uid: u}]}"),
                pod("rolled", "{containers: [{name: istio-proxy}]}", "")
                        .replace("version: v2", "version: v2, rollouts-pod-template-hash: abc"));
        assertThat(warnings(plan(outage)))
                .anySatisfy(text -> assertThat(text).contains("retries or a timeout"))
                .anySatisfy(text -> assertThat(text).contains("Argo Rollout"))
                .anySatisfy(text -> assertThat(text).contains("bookinfo/ratings belongs to Flagger"))
                .hasSize(3);
    }

    @Test
    void callersHaveToBeThere() {
        assertThat(errors(plan(experiment(abort(callsFrom(labels("app", "ghost"), "ratings"))))))
                .singleElement()
                .asString()
                .contains("app=ghost");
        assertThat(errors(plan(experiment(abort(callsFrom(PRODUCTPAGE, "ratings"))))))
                .isEmpty();
    }

    @Test
    void stableIsAsSaidOrElseWhatElseIsBehindTheService() {
        cluster.with(Bookinfo.entry("reviews", "v3"));
        assertThat(plan(outage).scene().stable().names()).containsExactly("reviews-v1", "reviews-v3");
        Target named = new Target("bookinfo", CANARY, labels("app", "reviews", "version", "v3"));
        assertThat(plan(experiment(named, "reviews")).scene().stable().names()).containsExactly("reviews-v3");
        Target same = new Target("bookinfo", CANARY, labels("app", "reviews"));
        assertThat(errors(plan(experiment(same, "reviews"))))
                .singleElement()
                .asString()
                .contains("select the same pods");
        Target none = new Target("bookinfo", CANARY, labels("app", "nobody"));
        assertThat(errors(plan(experiment(none, "reviews"))))
                .singleElement()
                .asString()
                .contains("target.stable");
    }

    @Test
    void anExternalNameIsRefused() {
        cluster.with(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: away, namespace: bookinfo}
                spec: {type: ExternalName, externalName: example.org, ports: [{name: http, port: 80}]}
                """);
        assertThat(errors(plan(experiment(abort(calls("away"))))))
                .singleElement()
                .asString()
                .contains("ExternalName");
    }

    @Test
    void aClusterWithoutIstioIsSaidToHaveNone() {
        cluster.answerFirst(request -> request.getPath().startsWith("/apis/networking.istio.io")
                ? Optional.of(TestCluster.refusal(404, "not found"))
                : Optional.empty());
        assertThat(errors(plan(outage)))
                .singleElement()
                .asString()
                .contains("does not serve EnvoyFilter and VirtualService", "install Istio");
        assertThat(done(injector.findLeftovers(Optional.empty()))).isEmpty();
    }

    @Test
    void aClusterThatRefusesTheCredentialsIsSaidOnceAndWithoutThem() {
        cluster.answerFirst(request -> Optional.of(TestCluster.refusal(401, "Unauthorized")));
        assertThat(errors(plan(outage)))
                .singleElement()
                .asString()
                .contains("HTTP 401", "get new ones")
                .doesNotContain("s3cret");
    }

    @Test
    void aClusterThatFailsHalfWayIsNoPlan() {
        cluster.answerFirst(request -> request.getPath().contains("/services")
                ? Optional.of(TestCluster.refusal(400, "no\nservices\ttoday"))
                : Optional.empty());
        Plan plan = plan(outage);
        assertThat(errors(plan)).singleElement().asString().contains("list services", "no services today");
        assertThat(plan.changes()).isEmpty();
    }

    @Test
    void aControlRunNeedsNoPermissionToWrite() {
        cluster.denied.addAll(List.of("create envoyfilters bookinfo", "delete envoyfilters bookinfo"));
        Plan plan = plan(experiment());
        assertThat(errors(plan)).isEmpty();
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.scene().canary().names()).containsExactly("reviews-v2");
    }

    @Test
    void routesThatAreKeptInGitAreNamedWithTheirTool() {
        cluster.with(
                virtualService("a", "{hosts: [ratings], http: [{route: [{destination: {host: ratings}}]}]}")
                        .replace("name: a,", "name: a, labels: {kustomize.toolkit.fluxcd.io/name: shop},"),
                virtualService("b", "{hosts: [ratings], http: [{route: [{destination: {host: ratings}}]}]}")
                        .replace("name: b,", "name: b, annotations: {argocd.argoproj.io/tracking-id: x},"));
        assertThat(warnings(plan(outage)))
                .anySatisfy(text ->
                        assertThat(text).startsWith("VirtualService bookinfo/a is kept as it is in Git by Flux"))
                .anySatisfy(text ->
                        assertThat(text).contains("bookinfo/b is kept as it is in Git by Argo CD", "suspend it"));
    }

    @Test
    void clocksThatAreApartAreNamed() {
        String late = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(90));
        cluster.answerFirst(request -> request.getPath().endsWith("/version")
                ? Optional.of(new MockResponse()
                        .setResponseCode(200)
                        .setHeader("Date", late)
                        .setBody("{}"))
                : Optional.empty());
        assertThat(warnings(plan(outage)))
                .singleElement()
                .asString()
                .contains("the cluster's clock is 1m", "ahead of ours", "NTP");
    }
}

package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The application that the tests hurt, and experiments on it. */
final class Bookinfo {

    static final Map<String, String> CANARY = labels("app", "reviews", "version", "v2");
    static final Map<String, String> PRODUCTPAGE = labels("app", "productpage");
    static final GateTicket TICKET = new GateTicket(
            "7f3a", "build 12 of shop", Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:05:00Z"));

    static final String NAMESPACE =
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: bookinfo}
            """;

    private Bookinfo() {}

    /** A cluster with the services of Bookinfo and their WorkloadEntries. */
    static TestCluster cluster() {
        return new TestCluster()
                .with(NAMESPACE, "{apiVersion: v1, kind: Namespace, metadata: {name: istio-system}}")
                .with("{apiVersion: v1, kind: Namespace, metadata: {name: other}}")
                .with(service("productpage"), service("reviews"), service("ratings"), service("details"))
                .with(
                        entry("productpage", "v1"),
                        entry("reviews", "v1"),
                        entry("reviews", "v2"),
                        entry("ratings", "v1"));
    }

    static String service(String name) {
        return service(name, "bookinfo", "{name: http, port: 9080, targetPort: 9080}");
    }

    static String service(String name, String namespace, String ports) {
        return """
            apiVersion: v1
            kind: Service
            metadata: {name: %s, namespace: %s}
            spec: {selector: {app: %s}, ports: [%s]}
            """
                .formatted(name, namespace, name, ports);
    }

    static String entry(String app, String version) {
        return """
            apiVersion: networking.istio.io/v1
            kind: WorkloadEntry
            metadata: {name: %s-%s, namespace: bookinfo}
            spec: {address: 127.0.1.1, labels: {app: %s, version: %s}}
            """
                .formatted(app, version, app, version);
    }

    static String virtualService(String name, String spec) {
        return """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: %s, namespace: bookinfo}
            spec: %s
            """
                .formatted(name, spec);
    }

    static Map<String, String> labels(String... pairs) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            labels.put(pairs[i], pairs[i + 1]);
        }
        return labels;
    }

    static Scope calls(String to) {
        return new Scope(
                Map.of(),
                ServiceName.parse(to, "bookinfo"),
                OptionalInt.empty(),
                Map.of(),
                Percentage.ALL,
                OptionalInt.empty());
    }

    static Scope callsFrom(Map<String, String> from, String to) {
        Scope scope = calls(to);
        return new Scope(from, scope.to(), scope.port(), scope.headers(), scope.percentage(), scope.maxActive());
    }

    static Scope callsWith(Map<String, String> headers, String to) {
        Scope scope = calls(to);
        return new Scope(scope.from(), scope.to(), scope.port(), headers, scope.percentage(), scope.maxActive());
    }

    static Scope callsOn(int port, String to) {
        Scope scope = calls(to);
        return new Scope(
                scope.from(), scope.to(), OptionalInt.of(port), scope.headers(), scope.percentage(), scope.maxActive());
    }

    static Experiment experiment(Fault... faults) {
        return experiment(CANARY, faults);
    }

    static Experiment experiment(Map<String, String> canary, Fault... faults) {
        return experiment(new Target("bookinfo", canary, Map.of()), "reviews", faults);
    }

    static Experiment experiment(Target target, String judged, Fault... faults) {
        return new Experiment(
                "ratings outage",
                target,
                Mechanism.ENVOY_FILTER,
                false,
                List.of(faults),
                List.of(new FailedRequests(
                        "failed requests",
                        ServiceName.parse(judged, "bookinfo"),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        Judging.by(Bounds.atMost(10)))),
                Watch.DEFAULT);
    }

    static Experiment overriding(Experiment experiment) {
        return new Experiment(
                experiment.name(),
                experiment.target(),
                experiment.mechanism(),
                true,
                experiment.faults(),
                experiment.steadyState(),
                experiment.watch());
    }

    static Experiment unguarded(Experiment experiment) {
        return experiment.withGuard(new Guard(Guard.Kind.NONE, Guard.DEFAULT.lease()));
    }

    static Fault abort(Scope scope) {
        return new HttpAbort(scope, 500);
    }

    static List<String> errors(Plan plan) {
        return texts(plan, Finding.Severity.ERROR);
    }

    static List<String> warnings(Plan plan) {
        return texts(plan, Finding.Severity.WARNING);
    }

    static List<String> texts(Plan plan, Finding.Severity severity) {
        return plan.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::text)
                .toList();
    }

    static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
    }
}

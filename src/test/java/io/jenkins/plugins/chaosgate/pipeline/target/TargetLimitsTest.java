package io.jenkins.plugins.chaosgate.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetLimitsTest {

    private static TargetLimits limits(String namespace) {
        return new TargetLimits(
                List.of(namespace),
                Duration.ofMinutes(1),
                false,
                new WebhookHosts(List.of("checks.example")),
                false,
                false,
                WatchLimits.DEFAULT);
    }

    /** Allows faults without a guard, rolling canaries back, or neither. */
    private static TargetLimits lenient(boolean unguarded, boolean canaryRollback) {
        return new TargetLimits(
                List.of("bookinfo"),
                Duration.ofMinutes(1),
                unguarded,
                new WebhookHosts(List.of()),
                false,
                canaryRollback,
                WatchLimits.DEFAULT);
    }

    private static Experiment experiment(String namespace, String more, String to, String threshold) {
        return ExperimentReader.read(
                "test.yaml",
                """
                name: test
                target: {namespace: %s, canary: {app: reviews}}
                %s
                faults: [{httpAbort: {to: %s, status: 500, percentage: 100}}]
                steadyState: [%s]
                """
                        .formatted(namespace, more, to, threshold),
                Map.of());
    }

    private static final String ERRORS = "{errorRate: {of: reviews, max: 1%}}";

    @ParameterizedTest
    @CsvSource({
        "bookinfo, bookinfo, true",
        "bookinfo, bookinfo-2, false",
        "bookinfo, book, false",
        "pr-*, pr-12, true",
        "pr-*, pr-, true",
        "pr-*, prod, false",
        "*, anything, true",
    })
    void aNamespaceIsNamedInFullOrByItsBeginning(String allowed, String namespace, boolean may) {
        List<String> refusals =
                limits(allowed).refusals(experiment(namespace.replaceAll("-$", "-1"), "", "ratings", ERRORS));
        if (may) {
            assertThat(refusals).isEmpty();
        } else {
            assertThat(refusals)
                    .containsExactly(
                            "the namespace \"" + namespace + "\" is not one of its namespaces (" + allowed + ")");
        }
    }

    @Test
    void withoutNamespacesNoneIsAllowed() {
        TargetLimits none = new TargetLimits(
                List.of(), Duration.ofMinutes(1), true, new WebhookHosts(List.of()), true, true, WatchLimits.DEFAULT);
        assertThat(none.refusals(experiment("bookinfo", "", "ratings", ERRORS)))
                .containsExactly("the namespace \"bookinfo\" is not one of its namespaces (it has none)");
    }

    @Test
    void theNamespacesOfOtherServicesCountAsWell() {
        assertThat(limits("bookinfo")
                        .refusals(experiment(
                                "bookinfo", "", "ratings.billing", "{errorRate: {of: reviews.web, max: 1%}}")))
                .containsExactly(
                        "the namespace \"billing\" is not one of its namespaces (bookinfo)",
                        "the namespace \"web\" is not one of its namespaces (bookinfo)");
    }

    @Test
    void aLeaseIsAtMostAsLongAsAllowed() {
        assertThat(limits("bookinfo").refusals(experiment("bookinfo", "lease: 1m", "ratings", ERRORS)))
                .isEmpty();
        assertThat(limits("bookinfo").refusals(experiment("bookinfo", "lease: 61s", "ratings", ERRORS)))
                .containsExactly("the lease is 1m1s, and the longest allowed is 1m");
    }

    @Test
    void faultsWithoutAGuardNeedLeave() {
        for (String unguarded : List.of("guard: none", "mechanism: virtualService")) {
            Experiment experiment = experiment("bookinfo", unguarded, "ratings", ERRORS);
            assertThat(limits("bookinfo").refusals(experiment))
                    .singleElement()
                    .asString()
                    .contains("without a guard");
            assertThat(lenient(true, false).refusals(experiment)).isEmpty();
        }
    }

    private static Experiment controlRun(String more) {
        return ExperimentReader.read(
                "test.yaml",
                """
                name: test
                target: {namespace: bookinfo, canary: {app: reviews}}
                controlRun: true
                %s
                steadyState: [%s]
                """
                        .formatted(more, ERRORS),
                Map.of());
    }

    @Test
    void aControlRunNeedsNoGuard() {
        assertThat(limits("bookinfo").refusals(controlRun("guard: none"))).isEmpty();
    }

    @Test
    void rollingTheCanaryBackNeedsLeave() {
        for (Experiment experiment : List.of(
                experiment("bookinfo", "canaryRollback: undoDeployment", "ratings", ERRORS),
                controlRun("canaryRollback: undoDeployment"))) {
            assertThat(lenient(true, false).refusals(experiment))
                    .singleElement()
                    .asString()
                    .contains("(canaryRollback: undoDeployment) is not allowed", "leave canaryRollback out")
                    .contains("\"Allow gates to roll canaries back\"", "canaryRollbackAllowed");
            assertThat(lenient(false, true).refusals(experiment)).isEmpty();
        }
    }

    @Test
    void ownQueriesAndStrangeHostsNeedLeave() {
        String thresholds = "{promql: {name: depth, query: up, max: 1}},"
                + " {webhook: {name: mine, url: 'http://checks.example/a'}},"
                + " {webhook: {name: other, url: 'http://127.0.0.1/a'}}";
        assertThat(limits("bookinfo").refusals(experiment("bookinfo", "", "ratings", thresholds)))
                .satisfiesExactly(query -> assertThat(query).contains("\"depth\"", "promql"), host -> assertThat(host)
                        .isEqualTo(
                                "the threshold \"other\" asks \"127.0.0.1\" at port 80, which is not one of its webhook"
                                        + " hosts (checks.example)"));
    }

    private static TargetLimits watching(WatchLimits watch) {
        return new TargetLimits(
                List.of("bookinfo"),
                Duration.ofMinutes(1),
                false,
                new WebhookHosts(List.of("checks.example")),
                false,
                false,
                watch);
    }

    @Test
    void thereAreNoMoreWebhooksThanAllowed() {
        String two = "{webhook: {name: a, url: 'http://checks.example/a'}},"
                + " {webhook: {name: b, url: 'http://checks.example/b'}}";
        Experiment experiment = experiment("bookinfo", "", "ratings", two);
        assertThat(watching(new WatchLimits(2, Duration.ofHours(1), Duration.ZERO))
                        .refusals(experiment))
                .isEmpty();
        assertThat(watching(new WatchLimits(1, Duration.ofHours(1), Duration.ZERO))
                        .refusals(experiment))
                .containsExactly(
                        "it has 2 webhook thresholds, and the most allowed are 1; an administrator sets this on"
                                + " the target (maxWebhooks)");
        assertThat(watching(new WatchLimits(0, Duration.ofHours(1), Duration.ZERO))
                        .refusals(experiment("bookinfo", "", "ratings", ERRORS)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'duration: 1m', ''",
        "'duration: 61s', 'the duration is 1m1s, and the longest allowed is 1m'",
        "'warmup: 61s', 'the warmup is 1m1s, and the longest allowed is 1m'",
        "'recovery: 2m', 'the recovery is 2m, and the longest allowed is 1m'"
    })
    void aWatchIsAtMostAsLongAsAllowed(String watch, String refusal) {
        List<String> refusals = watching(new WatchLimits(0, Duration.ofMinutes(1), Duration.ZERO))
                .refusals(experiment("bookinfo", "watch: {" + watch + "}", "ratings", ERRORS));
        assertThat(refusals)
                .isEqualTo(
                        refusal.isEmpty()
                                ? List.of()
                                : List.of(refusal + "; an administrator sets this on the target (maxDurationSeconds)"));
    }

    @Test
    void looksComeAtMostAsOftenAsAllowed() {
        Experiment hasty = experiment("bookinfo", "watch: {interval: 500ms}", "ratings", ERRORS);
        assertThat(watching(WatchLimits.DEFAULT).refusals(hasty))
                .containsExactly("the interval is 500ms, and the shortest allowed is 1s; an administrator sets this on"
                        + " the target (minIntervalSeconds)");
        assertThat(watching(new WatchLimits(0, Duration.ofHours(1), Duration.ZERO))
                        .refusals(hasty))
                .isEmpty();
        assertThat(watching(WatchLimits.DEFAULT)
                        .refusals(experiment("bookinfo", "watch: {interval: 1s}", "ratings", ERRORS)))
                .isEmpty();
    }

    @Test
    void everythingIsSaidAtOnce() {
        assertThat(limits("bookinfo")
                        .refusals(experiment(
                                "prod", "lease: 2m", "ratings", "{promql: {name: depth, query: up, max: 1}}")))
                .hasSize(3);
    }
}

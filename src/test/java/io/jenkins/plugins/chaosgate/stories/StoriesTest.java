package io.jenkins.plugins.chaosgate.stories;

import static io.jenkins.plugins.chaosgate.verdict.Verdict.Kind.INCONCLUSIVE;
import static io.jenkins.plugins.chaosgate.verdict.Verdict.Kind.PASSED;
import static io.jenkins.plugins.chaosgate.verdict.Verdict.Kind.VIOLATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.gate.FakeJournal;
import io.jenkins.plugins.chaosgate.gate.FakeMesh;
import io.jenkins.plugins.chaosgate.gate.Gate;
import io.jenkins.plugins.chaosgate.gate.VirtualClock;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.stories.Mesh.Story;
import io.jenkins.plugins.chaosgate.telemetry.PrometheusMetrics;
import io.jenkins.plugins.chaosgate.telemetry.WebhookClient;
import io.jenkins.plugins.chaosgate.telemetry.dialect.IstioDialect;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What became of a canary, told from the side of its callers, and the verdict that is right. The engine and the telemetry are
 * the real ones, over a Prometheus in memory and on a clock that the test turns.
 */
@Timeout(120)
class StoriesTest {

    private static final String FAILED = "failedRequests: {of: reviews, max: 10, per: 1m}";
    private static final String TENTH = "errorRate: {of: reviews, max: 10%}";
    private static final String HUNDREDTH = "errorRate: {of: reviews, max: 1%}";

    /**
     * @param threshold what must hold
     * @param reason a part of the verdict's reason
     */
    record Case(String name, String threshold, Story story, Verdict.Kind kind, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case story(String name, String threshold, Story story, Verdict.Kind kind, String reason) {
        return new Case(name, threshold, story, kind, reason);
    }

    /** Ten callers a second each; the canary stands it, and calls ratings once for each request. */
    private static void asUsual(Mesh mesh, long underFault) {
        mesh.answers("v1", 10, 0);
        mesh.answers("v2", 10, 0);
        mesh.calls(underFault >= 0 ? 10 : 0, underFault >= 0 ? 0 : 10);
    }

    static Stream<Case> cases() {
        return Stream.of(
                story("a canary that stands it", FAILED, StoriesTest::asUsual, PASSED, "the steady state held"),
                story("a canary that stands it, by its share", TENTH, StoriesTest::asUsual, PASSED, "0 of"),
                story(
                        "a canary that breaks",
                        FAILED,
                        (mesh, in) -> {
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", in < 0 ? 10 : 0, in < 0 ? 0 : 10);
                            mesh.calls(in >= 0 ? 10 : 0, in >= 0 ? 0 : 10);
                        },
                        VIOLATED,
                        "failed requests of reviews: "),
                story(
                        "its endpoint leaves the service",
                        FAILED,
                        (mesh, in) -> {
                            mesh.answers("v2", in < 7 ? 20 : 0, 0);
                            mesh.unanswered("", "UH", in < 7 ? 0 : 20);
                            mesh.calls(in >= 0 && in < 7 ? 20 : 0, in < 0 ? 20 : 0);
                        },
                        VIOLATED,
                        "UH, no healthy endpoint"),
                story(
                        "it is ejected after five failures",
                        FAILED,
                        (mesh, in) -> {
                            mesh.answers("v2", in < 1 ? 20 : 0, in == 1 ? 5 : 0);
                            mesh.unanswered("", "UH", in < 1 ? 0 : in == 1 ? 15 : 20);
                            mesh.calls(in == 1 ? 5 : 0, in < 1 ? 20 : 0);
                        },
                        VIOLATED,
                        "outlier detection"),
                story(
                        "some of the service's endpoints are gone, and nobody can say whose",
                        HUNDREDTH,
                        (mesh, in) -> {
                            mesh.answers("v1", in < 5 ? 90 : 85, 0);
                            mesh.answers("v2", 10, 0);
                            mesh.unanswered("", "UH", in < 5 ? 0 : 5);
                            mesh.calls(in >= 0 ? 10 : 0, in >= 0 ? 0 : 10);
                        },
                        INCONCLUSIVE,
                        "answered by no pod"),
                story(
                        "connections to it fail",
                        HUNDREDTH,
                        (mesh, in) -> {
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", in < 5 ? 10 : 7, 0);
                            mesh.unanswered("v2", "UF", in < 5 ? 0 : 3);
                            mesh.calls(in >= 0 ? 10 : 0, in >= 0 ? 0 : 10);
                        },
                        VIOLATED,
                        "UF, no connection"),
                story(
                        "its callers give up",
                        HUNDREDTH,
                        (mesh, in) -> {
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", in < 0 ? 10 : 5, 0);
                            mesh.cancelled(in < 0 ? 0 : 5);
                            mesh.calls(in >= 0 ? 10 : 0, in >= 0 ? 0 : 10);
                        },
                        INCONCLUSIVE,
                        "given up by their callers"),
                story(
                        "its callers give up, and few failures are allowed",
                        FAILED,
                        (mesh, in) -> {
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", in < 0 ? 10 : 5, 0);
                            mesh.cancelled(in < 0 ? 0 : 5);
                            mesh.calls(in >= 0 ? 10 : 0, in >= 0 ? 0 : 10);
                        },
                        INCONCLUSIVE,
                        "given up by their callers"),
                story(
                        "the pod dies with its proxy",
                        FAILED,
                        (mesh, in) -> {
                            if (in == 10) {
                                mesh.unscraped();
                            }
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", in < 10 ? 10 : 0, 0);
                            mesh.unanswered("v2", "UF", in < 10 ? 0 : 10);
                            mesh.calls(in >= 0 && in < 10 ? 10 : 0, in < 0 ? 10 : 0);
                        },
                        VIOLATED,
                        "UF, no connection"),
                story(
                        "nobody calls any more",
                        FAILED,
                        (mesh, in) -> {
                            if (in < 20) {
                                asUsual(mesh, in);
                            }
                        },
                        INCONCLUSIVE,
                        "far fewer requests came"),
                story(
                        "its callers are led to the stable version",
                        FAILED,
                        (mesh, in) -> {
                            mesh.answers("v1", in < 20 ? 10 : 20, 0);
                            mesh.answers("v2", in < 20 ? 10 : 0, 0);
                            mesh.calls(in >= 0 && in < 20 ? 10 : 0, in >= 0 ? 0 : 10);
                        },
                        VIOLATED,
                        "its requests went elsewhere"),
                story(
                        "half as many call both versions",
                        FAILED,
                        (mesh, in) -> {
                            mesh.answers("v1", in < 20 ? 10 : 5, 0);
                            mesh.answers("v2", in < 20 ? 10 : 5, 0);
                            mesh.calls(in < 0 ? 0 : in < 20 ? 10 : 5, in < 0 ? 10 : 0);
                        },
                        PASSED,
                        "the steady state held"),
                story(
                        "it dies in the last ten seconds",
                        TENTH,
                        (mesh, in) -> {
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", in < 52 ? 10 : 0, in < 52 ? 0 : 10);
                            mesh.calls(in >= 0 ? 10 : 0, in >= 0 ? 0 : 10);
                        },
                        VIOLATED,
                        "error rate of reviews"),
                story(
                        "it decays",
                        TENTH,
                        (mesh, in) -> {
                            long bad = in < 0 ? 0 : Math.min(30, in / 2);
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", 100 - bad, bad);
                            mesh.calls(in >= 0 ? 100 : 0, in >= 0 ? 0 : 100);
                        },
                        VIOLATED,
                        "error rate of reviews"),
                story(
                        "its pod begins anew, and with it its counters",
                        FAILED,
                        (mesh, in) -> {
                            if (in == 20) {
                                mesh.restart();
                            }
                            asUsual(mesh, in);
                        },
                        PASSED,
                        "the steady state held"),
                story(
                        "its callers try again until they are answered well",
                        HUNDREDTH,
                        (mesh, in) -> {
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", 10, in < 0 ? 0 : 5);
                            mesh.calls(in >= 0 ? 15 : 0, in >= 0 ? 0 : 10);
                        },
                        VIOLATED,
                        "error rate of reviews"),
                story(
                        "nobody calls in the last seconds",
                        FAILED,
                        (mesh, in) -> {
                            if (in < 50) {
                                asUsual(mesh, in);
                            }
                        },
                        INCONCLUSIVE,
                        "far fewer requests came"),
                story(
                        "nobody calls in the last second, nor later",
                        FAILED,
                        (mesh, in) -> {
                            if (in < 60) {
                                asUsual(mesh, in);
                            }
                        },
                        INCONCLUSIVE,
                        "not enough was seen"),
                story(
                        "the fault meets eight requests, which all fail",
                        HUNDREDTH,
                        (mesh, in) -> {
                            boolean met = in >= 0 && in % 7 == 0;
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", met ? 19 : 20, met ? 1 : 0);
                            mesh.calls(met ? 1 : 0, met ? 19 : 20);
                        },
                        INCONCLUSIVE,
                        "the fault met at most"),
                story(
                        "a third of the requests meet the fault, and a tenth of these fail",
                        "errorRate: {of: reviews, max: 5%}",
                        (mesh, in) -> {
                            boolean met = in >= 0 && in % 3 == 0;
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", met ? 18 : 20, met ? 2 : 0);
                            mesh.calls(met ? 20 : 0, met ? 0 : 20);
                        },
                        INCONCLUSIVE,
                        "of which up to"),
                story(
                        "somebody makes the fault ineffective after a while",
                        FAILED,
                        (mesh, in) -> {
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", 10, 0);
                            mesh.calls(in >= 0 && in < 20 ? 10 : 0, in >= 0 && in < 20 ? 0 : 10);
                        },
                        INCONCLUSIVE,
                        "the fault no longer works as it should"),
                story(
                        "one of three proxies never gets the fault",
                        FAILED,
                        (mesh, in) -> {
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", 12, 0);
                            mesh.calls("v2", in >= 0 ? 4 : 0, in >= 0 ? 0 : 4);
                            mesh.calls("v2-b", in >= 0 ? 4 : 0, in >= 0 ? 0 : 4);
                            mesh.calls("v2-c", 0, 4);
                        },
                        INCONCLUSIVE,
                        "not at every proxy of the canary"),
                story(
                        "one of three proxies gets the fault late, and then all requests there fail",
                        "errorRate: {of: reviews, max: 20%}",
                        (mesh, in) -> {
                            boolean late = in >= 10;
                            mesh.answers("v1", 10, 0);
                            mesh.answers("v2", late ? 8 : 12, late ? 4 : 0);
                            mesh.calls("v2", in >= 0 ? 4 : 0, in >= 0 ? 0 : 4);
                            mesh.calls("v2-b", in >= 0 ? 4 : 0, in >= 0 ? 0 : 4);
                            mesh.calls("v2-c", late ? 4 : 0, late ? 0 : 4);
                        },
                        VIOLATED,
                        "error rate of reviews: 33"),
                story(
                        "samples decide for themselves for longer than their window",
                        "errorRate: {of: reviews, max: 5%, window: 15s, allowedBreaches: 2}",
                        StoriesTest::asUsual,
                        PASSED,
                        "the steady state held"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsWithTheRightVerdict(Case story) {
        VirtualClock clock = new VirtualClock();
        FakeMesh cluster = new FakeMesh(clock);
        Mesh mesh = new Mesh(clock, cluster, story.story());
        Experiment experiment = ExperimentReader.read(
                "story.yaml",
                """
                name: story
                target: {namespace: bookinfo, canary: {app: reviews, version: v2}}
                faults: [{httpAbort: {to: ratings, status: 500%s}}]
                steadyState: [{%s}]
                watch: {warmup: 15s, duration: 60s, interval: 2s, recovery: 10s, missingData: 12s}
                """
                        .formatted(scoped(story) ? ", headers: {x-tester: canary}" : "", story.threshold()),
                Map.of());
        WebhookClient webhooks = new WebhookClient(HttpClient.newHttpClient(), Duration.ofSeconds(1), clock::now);
        PrometheusMetrics metrics = new PrometheusMetrics(
                mesh.prometheus, webhooks, new IstioDialect("bookinfo"), clock::now, Duration.ofSeconds(60));
        GateTicket ticket = GateTicket.beginning(clock.now(), "7f3a", "a story", experiment.watch());

        Verdict verdict = clock.turnUntil(
                new Gate(experiment, ticket, cluster, metrics, clock, event -> {}, new FakeJournal(clock))
                        .run()
                        .toCompletableFuture());

        assertThat(verdict.reason()).contains(story.reason());
        assertThat(verdict.kind()).as(verdict.reason()).isEqualTo(story.kind());
        assertThat(cluster.objects).isEmpty();
        double limit = experiment.steadyState().get(0).judging().bounds().max().orElse(1);
        if (limit < 1 && mesh.failedShare() > limit) {
            assertThat(verdict.isPassed()).isFalse();
        }
    }

    /** Whether only some requests are meant to meet the fault. */
    private static boolean scoped(Case story) {
        return story.name().contains("meet");
    }
}

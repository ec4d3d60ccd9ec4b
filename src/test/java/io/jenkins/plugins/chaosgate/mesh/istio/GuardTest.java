package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.TestCluster.ENVOY_FILTER;
import static io.jenkins.plugins.chaosgate.mesh.TestCluster.JOB;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.TICKET;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.abort;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.calls;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.MockResponse;
import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Job that stands behind a fault: made before it, prolonged, and taken out after it. */
class GuardTest {

    private static final String NAME = "chaos-gate-7f3a";

    private final TestCluster cluster = Bookinfo.cluster();
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final IstioFaultInjector injector = new IstioFaultInjector(cluster.client(), Runnable::run, nanos::get);
    private Change guard;
    private Change fault;

    @BeforeEach
    void plan() {
        Plan plan = done(injector.plan(experiment(abort(calls("ratings"))), TICKET));
        guard = plan.guard().orElseThrow();
        fault = plan.changes().get(0);
        cluster.requests.clear();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private Optional<ObjectNode> job() {
        return cluster.get(JOB, "bookinfo", NAME);
    }

    private Optional<ObjectNode> filter() {
        return cluster.get(ENVOY_FILTER, "bookinfo", NAME);
    }

    private static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asText();
    }

    private int timeToLive() {
        return job().orElseThrow().path("spec").path("ttlSecondsAfterFinished").asInt();
    }

    private void patchJob(String operation) {
        ArrayNode patch = Json.object().putArray("patch");
        patch.add(Json.parse(operation));
        cluster.cluster().patch(JOB, "bookinfo", NAME, patch, false);
    }

    @Test
    void theGuardIsAJobThatNeverRunsAnything() {
        assertThat(guard.edits()).isFalse();
        assertThat(guard.faults()).isEmpty();
        assertThat(guard.object()).hasToString("Job bookinfo/chaos-gate-7f3a");
        assertThat(Json.parse(guard.body()))
                .isEqualTo(
                        Json.parse(
                                """
                        {"apiVersion": "batch/v1", "kind": "Job",
                         "metadata": {"name": "chaos-gate-7f3a", "namespace": "bookinfo",
                          "labels": {"app.kubernetes.io/managed-by": "chaos-gate", "chaos-gate.jenkins.io/gate": "7f3a"},
                          "annotations": {"chaos-gate.jenkins.io/origin": "build 12 of shop",
                           "chaos-gate.jenkins.io/since": "2026-01-01T00:00:00Z",
                           "chaos-gate.jenkins.io/until": "2026-01-01T00:05:00Z",
                           "chaos-gate.jenkins.io/experiment": "ratings outage"}},
                         "spec": {"parallelism": 0, "completions": 0, "backoffLimit": 0, "ttlSecondsAfterFinished": 31,
                          "template": {"spec": {"restartPolicy": "Never", "automountServiceAccountToken": false,
                           "securityContext": {"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}},
                           "containers": [{"name": "never-runs", "image": "never-runs:1", "securityContext":
                            {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}]}}}}
                        """));
    }

    @ParameterizedTest
    @CsvSource({"10000, 11", "10001, 12", "90500, 92", "3600000, 3601"})
    void aLeaseIsRoundedUpAndASecondIsAdded(long leaseMillis, long timeToLive) {
        Change change = GuardWriter.write(TICKET, "bookinfo", "x", Duration.ofMillis(leaseMillis));
        assertThat(GuardWriter.timeToLive(change, Duration.ZERO)).isEqualTo(timeToLive);
    }

    @Test
    void aLeaseHasItsLimits() {
        for (Duration wrong : List.of(Duration.ofMillis(9_999), Duration.ofMillis(3_600_001), Duration.ZERO)) {
            assertThatThrownBy(() -> new Guard(Guard.Kind.JOB, wrong)).hasMessageContaining("from 10s to 1h");
        }
    }

    @Test
    void theFaultIsOwnedByTheGuardAndGoesWithIt() {
        done(injector.inject(guard));
        done(injector.inject(fault));
        JsonNode owner = filter().orElseThrow().path("metadata").path("ownerReferences");
        assertThat(owner)
                .isEqualTo(Json.parse(
                                "{\"o\":[{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"name\":\"%s\",\"blockOwnerDeletion\":false,\"uid\":\"%s\"}]}"
                                        .formatted(NAME, uid(job().orElseThrow())))
                        .path("o"));
        assertThat(done(injector.look(fault))).isEqualTo(Presence.AS_MADE);
        cluster.tidyAfter(Duration.ofSeconds(29));
        assertThat(filter()).isPresent();
        cluster.tidyAfter(Duration.ofSeconds(32));
        assertThat(job()).isEmpty();
        assertThat(filter()).isEmpty();
    }

    @Test
    void noFaultIsMadeBeforeItsGuard() {
        assertThatThrownBy(() -> done(injector.inject(fault)))
                .hasMessageContaining("EnvoyFilter bookinfo/chaos-gate-7f3a is to be owned by Job bookinfo/" + NAME);
        assertThat(filter()).isEmpty();
        assertThat(cluster.requests).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void aDryRunTriesBothAndMakesNeither() {
        done(injector.dryRun(guard));
        done(injector.dryRun(fault));
        assertThat(cluster.requests.stream()
                        .filter(request -> request.startsWith("POST") && request.contains("dryRun=All")))
                .hasSize(2)
                .last()
                .asString()
                .contains("\"ownerReferences\":[{", "\"uid\":\"00000000-0000-0000-0000-000000000000\"");
        assertThat(job()).isEmpty();
        assertThat(filter()).isEmpty();
    }

    @Test
    void theFaultWaitsUntilTheGuardIsComplete() {
        AtomicInteger looks = new AtomicInteger();
        cluster.answerFirst(request -> request.getMethod().equals("GET")
                        && request.getPath().endsWith("/jobs/" + NAME)
                        && looks.incrementAndGet() < 3
                ? Optional.of(incomplete(cluster.really(request)))
                : Optional.empty());
        done(injector.inject(guard));
        assertThat(looks).hasValue(3);
    }

    private static MockResponse incomplete(MockResponse response) {
        ObjectNode job = Json.parse(response.getBody().readUtf8());
        job.remove("status");
        return new MockResponse()
                .setResponseCode(200)
                .setHeader("Content-Type", "application/json")
                .setBody(job.toString());
    }

    @Test
    void aGuardThatIsNeverCompleteIsGivenUp() {
        cluster.answerFirst(request -> {
            if (request.getMethod().equals("GET") && request.getPath().endsWith("/jobs/" + NAME)) {
                nanos.addAndGet(2_000_000_000L);
                return Optional.of(incomplete(cluster.really(request)));
            }
            return Optional.empty();
        });
        assertThatThrownBy(() -> done(injector.inject(guard)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("not complete within 5 s", "kube-controller-manager", "guard: none");
        cluster.answerFirst(request -> Optional.empty());
        done(injector.rollback(guard));
        assertThat(job()).isEmpty();
    }

    @Test
    void aGuardThatVanishesAtOnceIsSaidToBe() {
        cluster.answerFirst(request ->
                request.getMethod().equals("GET") && request.getPath().endsWith("/jobs/" + NAME)
                        ? Optional.of(TestCluster.refusal(404, "not found"))
                        : Optional.empty());
        assertThatThrownBy(() -> done(injector.inject(guard))).hasMessageContaining("is gone again");
    }

    @ParameterizedTest
    @CsvSource({"0, 31", "1, 32", "10_000, 41", "10_001, 42", "86_399_999, 86431"})
    void aBeatLetsTheGuardLiveForALeaseFromNow(String sinceCompletion, int timeToLive) {
        done(injector.inject(guard));
        String uid = uid(job().orElseThrow());
        cluster.requests.clear();
        nanos.addAndGet(Duration.ofMillis(Long.parseLong(sinceCompletion.replace("_", "")))
                .toNanos());
        assertThat(done(injector.prolong(guard))).isTrue();
        assertThat(timeToLive()).isEqualTo(timeToLive);
        assertThat(cluster.requests)
                .filteredOn(request -> request.startsWith("PATCH "))
                .singleElement()
                .asString()
                .contains("/metadata/uid", uid);
        assertThat(done(injector.look(guard))).isEqualTo(Presence.AS_MADE);
    }

    @Test
    void aGuardThatSomebodyDisarmedIsArmedAgain() {
        done(injector.inject(guard));
        patchJob("{\"op\":\"remove\",\"path\":\"/spec/ttlSecondsAfterFinished\"}");
        assertThat(done(injector.prolong(guard))).isTrue();
        assertThat(timeToLive()).isEqualTo(31);
    }

    @Test
    void aGuardThatIsGoneCannotBeProlonged() {
        done(injector.inject(guard));
        done(injector.inject(fault));
        cluster.cluster().delete(JOB, "bookinfo", NAME, uid(job().orElseThrow()));
        assertThat(done(injector.prolong(guard))).isFalse();
        cluster.tidyAfter(Duration.ZERO);
        assertThat(done(injector.look(fault)).state()).isEqualTo(Presence.State.GONE);
    }

    @Test
    void aGuardThatSomebodyMadeAnewIsNotOurs() {
        done(injector.inject(guard));
        ObjectNode body = Json.parse(guard.body());
        cluster.cluster().delete(JOB, "bookinfo", NAME, uid(job().orElseThrow()));
        cluster.cluster().create(JOB, body, false);
        assertThat(done(injector.prolong(guard))).isFalse();
        assertThat(timeToLive()).isEqualTo(31);
    }

    @ParameterizedTest
    @CsvSource({"403, no", "422, the policy says no", "503, etcd is away"})
    void aBeatThatTheClusterRefusesSaysNothingOfTheGuard(int code, String answer) {
        done(injector.inject(guard));
        cluster.answerFirst(request -> request.getMethod().equals("PATCH")
                ? Optional.of(TestCluster.refusal(code, answer))
                : Optional.empty());
        assertThatThrownBy(() -> done(injector.prolong(guard)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("HTTP " + code + " " + answer);
    }

    @Test
    void aBeatThatSomebodyRewritesFails() {
        done(injector.inject(guard));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        String unchanged = job().orElseThrow().toString();
        cluster.answerFirst(request -> request.getMethod().equals("PATCH")
                ? Optional.of(new MockResponse()
                        .setResponseCode(200)
                        .setHeader("Content-Type", "application/json")
                        .setBody(unchanged))
                : Optional.empty());
        assertThatThrownBy(() -> done(injector.prolong(guard)))
                .hasMessageContaining("was to live for 41 s, but the cluster made that 31 s");
    }

    @Test
    void aGuardThatThisProcessTookOutIsNotProlonged() {
        done(injector.inject(guard));
        done(injector.rollback(guard));
        assertThatThrownBy(() -> done(injector.prolong(guard))).hasMessageContaining("was taken out by this process");
    }

    /** A process that knows only what an earlier one wrote down. Its clock starts elsewhere. */
    private IstioFaultInjector successor() {
        return new IstioFaultInjector(cluster.client(), Runnable::run, () -> nanos.get() + 123_456_789_000L);
    }

    /** The cluster's clock goes on; that of this machine may be anything. */
    private void clusterTimePasses(Duration time) {
        String made = job().orElseThrow().at("/metadata/creationTimestamp").asText();
        String now = Instant.parse(made).plus(time).toString();
        cluster.answerFirst(request -> {
            if (!request.getMethod().equals("POST")
                    || !request.getPath().contains("/jobs")
                    || !request.getPath().contains("dryRun=All")) {
                return Optional.empty();
            }
            ObjectNode tried = Json.parse(cluster.really(request).getBody().readUtf8());
            ((ObjectNode) tried.path("metadata")).put("creationTimestamp", now);
            return Optional.of(new MockResponse()
                    .setResponseCode(201)
                    .setHeader("Content-Type", "application/json")
                    .setBody(tried.toString()));
        });
    }

    @ParameterizedTest
    @CsvSource({"0, 32", "17, 49", "3600, 3632"})
    void aSuccessorTakesTheGuardOverByTheClustersClock(int seconds, int timeToLive) {
        done(injector.inject(guard));
        done(injector.inject(fault));
        clusterTimePasses(Duration.ofSeconds(seconds));
        IstioFaultInjector successor = successor();

        assertThat(done(successor.prolong(guard))).isTrue();
        assertThat(timeToLive()).isEqualTo(timeToLive);
        assertThat(done(successor.look(fault))).isEqualTo(Presence.AS_MADE);

        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        cluster.requests.clear();
        assertThat(done(successor.prolong(guard))).isTrue();
        assertThat(timeToLive()).isEqualTo(timeToLive + 10);
        assertThat(cluster.requests).noneMatch(request -> request.startsWith("POST"));

        done(successor.rollback(fault));
        done(successor.rollback(guard));
        assertThat(filter()).isEmpty();
        assertThat(job()).isEmpty();
    }

    @Test
    void aClusterWhoseClockWentBackShortensNoLease() {
        done(injector.inject(guard));
        clusterTimePasses(Duration.ofMinutes(-5));
        assertThat(done(successor().prolong(guard))).isTrue();
        assertThat(timeToLive()).isEqualTo(31);
    }

    @Test
    void aSuccessorFindsNoGuardThatIsGone() {
        assertThat(done(successor().prolong(guard))).isFalse();
        assertThat(cluster.requests).noneMatch(request -> request.startsWith("POST") || request.startsWith("PATCH"));
    }

    @Test
    void aSuccessorTakesNoGuardOverThatIsAboutToGo() {
        done(injector.inject(guard));
        cluster.answerFirst(request ->
                request.getMethod().equals("GET") ? Optional.of(dying(cluster.really(request))) : Optional.empty());
        assertThat(done(successor().prolong(guard))).isFalse();
    }

    private static MockResponse dying(MockResponse response) {
        ObjectNode job = Json.parse(response.getBody().readUtf8());
        ((ObjectNode) job.path("metadata")).put("deletionTimestamp", "2026-01-01T00:00:00Z");
        return new MockResponse()
                .setResponseCode(200)
                .setHeader("Content-Type", "application/json")
                .setBody(job.toString());
    }

    @Test
    void aSuccessorThatIsNotToldTheTimeSaysSo() {
        done(injector.inject(guard));
        cluster.answerFirst(request -> request.getPath().contains("dryRun=All")
                ? Optional.of(new MockResponse()
                        .setResponseCode(201)
                        .setHeader("Content-Type", "application/json")
                        .setBody(guard.body()))
                : Optional.empty());
        assertThatThrownBy(() -> done(successor().prolong(guard)))
                .hasMessageContaining("expected the time at which Job bookinfo/chaos-gate-7f3a was made, found ''");
    }

    @Test
    void aSuccessorNoticesThatAFaultWasTakenFromItsGuard() {
        done(injector.inject(guard));
        done(injector.inject(fault));
        ArrayNode patch = Json.object().putArray("patch");
        patch.addObject().put("op", "remove").put("path", "/metadata/ownerReferences");
        cluster.cluster().patch(ENVOY_FILTER, "bookinfo", NAME, patch, false);
        assertThat(done(successor().look(fault)).detail()).contains("taken from its guard");
    }

    @Test
    void theGuardIsDeletedWithWhatItOwns() {
        done(injector.inject(guard));
        String uid = uid(job().orElseThrow());
        cluster.requests.clear();
        done(injector.rollback(guard));
        assertThat(cluster.requests).hasSize(2);
        assertThat(cluster.requests.get(0))
                .startsWith("DELETE ")
                .contains("\"uid\":\"" + uid + "\"", "\"propagationPolicy\":\"Background\"");
        assertThat(cluster.requests.get(1)).startsWith("GET ");
        assertThat(injector.undoCommands(guard))
                .containsExactly("kubectl delete job.batch chaos-gate-7f3a --namespace bookinfo --cascade=background");
    }

    @Test
    void aFaultThatWasTakenFromItsGuardIsNoticed() {
        done(injector.inject(guard));
        done(injector.inject(fault));
        ArrayNode patch = Json.object().putArray("patch");
        patch.addObject().put("op", "remove").put("path", "/metadata/ownerReferences");
        cluster.cluster().patch(ENVOY_FILTER, "bookinfo", NAME, patch, false);
        Presence presence = done(injector.look(fault));
        assertThat(presence.state()).isEqualTo(Presence.State.ALTERED);
        assertThat(presence.detail()).contains("taken from its guard");
    }

    @Test
    void whatADeadGateLeftIsFoundFaultsFirst() {
        done(injector.inject(guard));
        done(injector.inject(fault));
        IstioFaultInjector another = new IstioFaultInjector(cluster.client(), Runnable::run);
        List<Leftover> leftovers = done(another.findLeftovers(Optional.of("bookinfo")));
        assertThat(leftovers)
                .extracting(leftover -> leftover.change().object().toString())
                .containsExactly("EnvoyFilter bookinfo/" + NAME, "Job bookinfo/" + NAME);
        leftovers.forEach(leftover -> done(another.rollback(leftover.change())));
        assertThat(filter()).isEmpty();
        assertThat(job()).isEmpty();
    }
}

package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.CANARY;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.abort;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.calls;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.errors;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.labels;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.gate.port.TargetLock.Holder;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Lease by which a gate holds its target: taken, prolonged, given back, and taken over when nobody prolongs it. */
class LeaseLockTest {

    /** The lease of 30 s and the margin. */
    private static final Duration DURATION = Duration.ofSeconds(45);

    private final TestCluster cluster = Bookinfo.cluster();
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final IstioFaultInjector ours = controller();
    private final IstioFaultInjector theirs = controller();

    @AfterEach
    void close() {
        cluster.close();
    }

    private IstioFaultInjector controller() {
        return new IstioFaultInjector(cluster.client(), Runnable::run, nanos::get);
    }

    private static GateTicket ticket(String gate, String origin) {
        return new GateTicket(gate, origin, Instant.EPOCH, Instant.EPOCH.plusSeconds(300));
    }

    private static Change lock(IstioFaultInjector mesh, String gate, Map<String, String> canary, Instant now) {
        return mesh.lock()
                .write(experiment(canary), ticket(gate, "https://ci/job/" + gate + "/"), Optional.empty(), now)
                .orElseThrow();
    }

    private Change our(Map<String, String> canary) {
        return lock(ours, "7f3a", canary, Instant.now());
    }

    private Change their(Map<String, String> canary) {
        return lock(theirs, "beef", canary, Instant.now());
    }

    private Optional<ObjectNode> lease(Change lock) {
        return cluster.get(ResourceType.LEASE, "bookinfo", lock.object().name());
    }

    private static boolean take(IstioFaultInjector mesh, Change lock) {
        return done(mesh.lock().take(lock)).isEmpty();
    }

    private Holder holder(Change lock) {
        return done(ours.lock().take(lock)).orElseThrow();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void patch(Change lock, String operation) {
        ArrayNode patch = Json.object().putArray("patch");
        patch.add(Json.parse(operation));
        cluster.cluster().patch(ResourceType.LEASE, "bookinfo", lock.object().name(), patch, false);
    }

    @Test
    void aLeaseSaysWhoHoldsWhatAndForHowLong() {
        Change lock = lock(ours, "7f3a", CANARY, Instant.parse("2026-01-02T03:04:05.1Z"));
        assertThat(take(ours, lock)).isTrue();
        ObjectNode lease = lease(lock).orElseThrow();
        assertThat(lock.object().name()).matches("chaos-gate-lock-[0-9a-f]{12}");
        assertThat(lease.path("spec"))
                .isEqualTo(
                        Json.parse(
                                """
                        {"holderIdentity": "gate 7f3a of https://ci/job/7f3a/", "leaseDurationSeconds": 45,
                         "acquireTime": "2026-01-02T03:04:05.100000Z", "renewTime": "2026-01-02T03:04:05.100000Z",
                         "leaseTransitions": 0}"""));
        assertThat(lease.at("/metadata/annotations").path(LeaseWriter.TARGET).asText())
                .isEqualTo("app=reviews,version=v2");
        assertThat(Marks.gateOfObject(lease)).contains("7f3a");
    }

    @Test
    void itsNameIsTheTargets() {
        assertThat(our(labels("app", "a", "version", "b")).object().name())
                .isEqualTo(their(labels("version", "b", "app", "a")).object().name())
                .isNotEqualTo(our(labels("app", "a")).object().name());
    }

    @Test
    void aLongOriginIsCut() {
        Change lock = ours.lock()
                .write(experiment(CANARY), ticket("7f3a", "x".repeat(5000)), Optional.empty(), Instant.now())
                .orElseThrow();
        assertThat(take(ours, lock)).isTrue();
        assertThat(lease(lock).orElseThrow().at("/spec/holderIdentity").asText().length())
                .isLessThan(254);
    }

    @Test
    void whatAnotherGateHoldsIsBusyUntilThatGivesItBack() {
        assertThat(take(theirs, their(CANARY))).isTrue();
        assertThat(holder(our(CANARY)).words()).startsWith("gate beef of https://ci/job/beef/, since 2");
        assertThat(holder(our(CANARY)).doubt()).isZero();
        done(theirs.rollback(their(CANARY)));
        assertThat(take(ours, our(CANARY))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "app=reviews;version=v2, app=reviews;version=v2, true",
        "app=reviews;version=v2, app=reviews,            true",
        "app=reviews,            app=reviews;version=v2, true",
        "app=reviews,            version=v2,             true",
        "app=reviews;version=v2, app=reviews;version=v3, false",
        "app=reviews,            app=ratings;version=v2, false"
    })
    void twoTargetsAreOneUnlessALabelKeepsThemApart(String one, String other, boolean busy) {
        assertThat(take(theirs, their(selector(one)))).isTrue();
        assertThat(take(ours, our(selector(other)))).isEqualTo(!busy);
        assertThat(cluster.cluster().list(ResourceType.LEASE, "bookinfo", Marks.OURS))
                .hasSize(busy ? 1 : 2);
    }

    private static Map<String, String> selector(String words) {
        return labels(words.split("[;=]"));
    }

    @Test
    void whoMeetsAnotherAfterTakingItsOwnStepsBack() {
        Change lock = our(CANARY);
        Change other = their(labels("app", "reviews"));
        cluster.answerFirst(request -> {
            if (request.getMethod().equals("POST") && request.getPath().contains("/leases?")) {
                cluster.answerFirst(any -> Optional.empty());
                cluster.really(
                        TestCluster.request(HttpMethod.POST, request.getPath(), "application/json", other.body()));
            }
            return Optional.empty();
        });
        assertThat(holder(lock).words()).startsWith("gate beef");
        assertThat(lease(lock)).isEmpty();
        assertThat(lease(other)).isPresent();
    }

    @Test
    void aLeaseOfSomebodyElsesIsNobodysLock() {
        cluster.with(
                """
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {name: leader, namespace: bookinfo}
                spec: {holderIdentity: an operator, leaseDurationSeconds: 15}
                """);
        assertThat(take(ours, our(CANARY))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, 0, 300})
    void aLeaseIsTakenOverOnceItDidNotChangeForItsDurationWhateverItsClockSays(int skewSeconds) {
        Change dead = lock(theirs, "beef", CANARY, Instant.now().plusSeconds(skewSeconds));
        assertThat(take(theirs, dead)).isTrue();
        assertThat(take(ours, our(CANARY))).isFalse();
        pass(DURATION.minusMillis(1));
        assertThat(take(ours, our(CANARY))).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(take(ours, our(CANARY))).isTrue();
        assertThat(lease(our(CANARY)).flatMap(Marks::gateOfObject)).contains("7f3a");
        assertThat(done(theirs.lock().renew(dead))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, 0, 300})
    void aLeaseThatIsRenewedIsNeverTakenOverWhateverItsClockSays(int skewSeconds) {
        Change theirs1 = lock(theirs, "beef", CANARY, Instant.now().plusSeconds(skewSeconds));
        assertThat(take(theirs, theirs1)).isTrue();
        for (int i = 0; i < 30; i++) {
            assertThat(take(ours, our(CANARY))).isFalse();
            pass(Duration.ofSeconds(10));
            assertThat(done(theirs.lock().renew(theirs1))).isTrue();
        }
        assertThat(holder(our(CANARY)).doubt()).isZero();
    }

    @Test
    void whoSeemsStaleIsInDoubtForTheRestOfItsDuration() {
        assertThat(take(theirs, lock(theirs, "beef", CANARY, Instant.now().minusSeconds(100))))
                .isTrue();
        assertThat(holder(our(CANARY)).doubt()).isEqualTo(DURATION);
        pass(Duration.ofSeconds(40));
        assertThat(holder(our(CANARY)).doubt()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aHolderThatIsHeardOfWhileItIsTakenOverKeepsIt() {
        Change slow = their(CANARY);
        assertThat(take(theirs, slow)).isTrue();
        assertThat(take(ours, our(CANARY))).isFalse();
        pass(DURATION);
        cluster.answerFirst(request -> {
            if (request.getMethod().equals("DELETE")) {
                cluster.answerFirst(any -> Optional.empty());
                cluster.really(
                        TestCluster.request(
                                HttpMethod.PATCH,
                                request.getPath(),
                                "application/json-patch+json",
                                "[{\"op\": \"add\", \"path\": \"/spec/renewTime\", \"value\": \"2026-01-01T00:00:00.000000Z\"}]"));
            }
            return Optional.empty();
        });
        assertThat(take(ours, our(CANARY))).isFalse();
        assertThat(done(theirs.lock().renew(slow))).isTrue();
    }

    @Test
    void aLockThatIsGoneOrAnothersIsNotRenewed() {
        Change lock = our(CANARY);
        assertThat(take(ours, lock)).isTrue();
        assertThat(done(ours.lock().renew(lock))).isTrue();
        patch(lock, "{\"op\": \"replace\", \"path\": \"/spec/holderIdentity\", \"value\": \"somebody\"}");
        assertThat(done(ours.lock().renew(lock))).isFalse();
        JsonNode lease = lease(lock).orElseThrow();
        cluster.cluster().delete(ResourceType.LEASE, "bookinfo", Json.name(lease), Json.uid(lease));
        assertThat(done(ours.lock().renew(lock))).isFalse();
        assertThat(take(theirs, their(CANARY))).isTrue();
        assertThat(done(ours.lock().renew(lock))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"403, no", "422, the policy says no", "503, etcd is away"})
    void aRenewalThatTheClusterRefusesSaysNothingOfTheLock(int code, String answer) {
        Change lock = our(CANARY);
        assertThat(take(ours, lock)).isTrue();
        cluster.answerFirst(request -> request.getMethod().equals("PATCH")
                ? Optional.of(TestCluster.refusal(code, answer))
                : Optional.empty());
        assertThatThrownBy(() -> done(ours.lock().renew(lock)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("HTTP " + code + " " + answer);
    }

    @Test
    void theSameGateTakesItsOwnLockAgainAfterItsControllerWasAway() {
        assertThat(take(ours, our(CANARY))).isTrue();
        String before =
                lease(our(CANARY)).orElseThrow().at("/metadata/resourceVersion").asText();
        IstioFaultInjector successor = controller();
        assertThat(take(successor, our(CANARY))).isTrue();
        assertThat(lease(our(CANARY))
                        .orElseThrow()
                        .at("/metadata/resourceVersion")
                        .asText())
                .isNotEqualTo(before);
        assertThat(done(controller().lock().renew(our(CANARY)))).isTrue();
    }

    @Test
    void givingBackLeavesTheLockOfAnotherGateAlone() {
        assertThat(take(theirs, their(CANARY))).isTrue();
        assertThat(take(ours, our(CANARY))).isFalse();
        done(ours.rollback(our(CANARY)));
        assertThat(lease(our(CANARY)).flatMap(Marks::gateOfObject)).contains("beef");
    }

    @Test
    void anAnswerThatWasLostIsFoundAgain() {
        Change lock = our(CANARY);
        cluster.answerFirst(request -> {
            if (request.getMethod().equals("POST") && request.getPath().endsWith("/leases")) {
                cluster.answerFirst(any -> Optional.empty());
                cluster.really(request);
                return Optional.of(TestCluster.refusal(504, "the answer took too long"));
            }
            return Optional.empty();
        });
        assertThat(take(ours, lock)).isTrue();
        assertThat(done(ours.lock().renew(lock))).isTrue();
    }

    @Test
    void itGoesWithTheGuardOfAGateThatDied() {
        Experiment experiment = experiment(abort(calls("ratings")));
        Plan plan = done(ours.plan(experiment, ticket("7f3a", "")));
        done(ours.inject(plan.guard().orElseThrow()));
        Change lock = ours.lock()
                .write(experiment, ticket("7f3a", ""), plan.guard(), Instant.now())
                .orElseThrow();
        assertThat(take(ours, lock)).isTrue();
        cluster.tidyAfter(Duration.ofSeconds(29));
        assertThat(lease(lock)).isPresent();
        cluster.tidyAfter(Duration.ofSeconds(32));
        assertThat(lease(lock)).isEmpty();
    }

    @Test
    void preflightSaysWhoHoldsTheTarget() {
        assertThat(take(theirs, their(labels("app", "reviews")))).isTrue();
        Plan plan = done(ours.plan(experiment(abort(calls("ratings"))), ticket("7f3a", "")));
        assertThat(errors(plan)).isEmpty();
        assertThat(warnings(plan)).anyMatch(text -> text.startsWith("the target is held by gate beef of https://ci"));
    }

    @Test
    void aFaultOfAGateThatHoldsTheTargetIsWaitedForAndOneOfADeadGateIsNot() {
        Plan theirPlan = done(theirs.plan(experiment(abort(calls("ratings"))), ticket("beef", "")));
        done(theirs.inject(theirPlan.guard().orElseThrow()));
        assertThat(take(theirs, their(CANARY))).isTrue();
        done(theirs.inject(theirPlan.changes().get(0)));
        Plan plan = done(ours.plan(experiment(abort(calls("ratings"))), ticket("7f3a", "")));
        assertThat(errors(plan)).isEmpty();
        assertThat(warnings(plan))
                .anyMatch(text -> text.contains("has a fault in") && text.contains("its turn is first"));

        done(theirs.rollback(their(CANARY)));
        plan = done(ours.plan(experiment(abort(calls("ratings"))), ticket("7f3a", "")));
        assertThat(errors(plan)).anyMatch(text -> text.contains("gate beef") && text.contains("chaos-gate sweep"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "get", "list", "patch", "delete"})
    void aRightThatIsMissingIsNamed(String verb) {
        cluster.denied.add(verb + " leases bookinfo");
        Plan plan = done(ours.plan(experiment(abort(calls("ratings"))), ticket("7f3a", "")));
        assertThat(errors(plan)).anyMatch(text -> text.contains(verb) && text.contains("leases.coordination.k8s.io"));
    }

    @Test
    void aSweepFindsLocksLast() {
        Plan plan = done(theirs.plan(experiment(abort(calls("ratings"))), ticket("beef", "")));
        done(theirs.inject(plan.guard().orElseThrow()));
        assertThat(take(theirs, their(CANARY))).isTrue();
        List<Leftover> left = done(ours.findLeftovers(Optional.of("bookinfo")));
        assertThat(left.stream().map(each -> each.change().object().kind())).containsExactly("Job", "Lease");
        left.forEach(each -> done(ours.rollback(each.change())));
        assertThat(done(ours.findLeftovers(Optional.of("bookinfo")))).isEmpty();
    }
}

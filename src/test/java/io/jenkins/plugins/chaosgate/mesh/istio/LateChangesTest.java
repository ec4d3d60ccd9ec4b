package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.TestCluster.ENVOY_FILTER;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.TICKET;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.abort;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.calls;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.unguarded;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.virtualService;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.mockwebserver.http.RecordedRequest;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Lateness;
import io.jenkins.plugins.chaosgate.gate.port.MayStillComeException;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was asked for may come in when nobody reckons with it any more: until it cannot, nothing is said to be out. */
class LateChangesTest {

    private final TestCluster cluster = Bookinfo.cluster();
    private final AtomicLong nanos = new AtomicLong();
    private final IstioFaultInjector injector = new IstioFaultInjector(
            cluster.client(), Runnable::run, nanos::get, ExtraMetadata.NONE, delay -> Runnable::run);
    private final Change change = done(injector.plan(unguarded(experiment(abort(calls("ratings")))), TICKET))
            .changes()
            .get(0);

    @AfterEach
    void close() {
        cluster.close();
    }

    private boolean isIn() {
        return cluster.get(ENVOY_FILTER, "bookinfo", "chaos-gate-7f3a").isPresent();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Keeps what was sent with that method, and says that nobody knows what became of it. */
    private List<RecordedRequest> queue(String method) {
        List<RecordedRequest> queued = new ArrayList<>();
        cluster.answerFirst(request -> {
            if (!request.getMethod().equals(method)) {
                return Optional.empty();
            }
            queued.add(request);
            return Optional.of(TestCluster.refusal(504, "the answer took too long"));
        });
        return queued;
    }

    private static void assertMayStillCome(CompletionStage<Void> rollback) {
        assertThatThrownBy(() -> done(rollback))
                .isInstanceOf(MayStillComeException.class)
                .hasMessageContaining("is not there, but", "may still be carried out");
    }

    @Test
    void whatWaitsForAThreadIsNotSentAnyMoreOnceItIsRolledBack() {
        Deque<Runnable> later = new ArrayDeque<>();
        IstioFaultInjector lazy = new IstioFaultInjector(cluster.client(), later::add);
        CompletableFuture<Void> injecting = lazy.inject(change).toCompletableFuture();
        CompletableFuture<Void> rollback = lazy.rollback(change).toCompletableFuture();
        cluster.requests.clear();
        later.forEach(Runnable::run);
        assertThat(rollback).isCompleted();
        assertThat(injecting).isCompletedExceptionally();
        assertThat(cluster.requests).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void whatIsBeingSentMayStillComeInAndIsNotTakenBack() {
        Landings landings = new Landings(nanos::get);
        ObjectRef object = change.object();
        CompletableFuture<String> asked = landings.ask(
                object,
                () -> {
                    landings.takeBack(object);
                    assertThat(landings.doubt(object)).contains(Lateness.LANDS_WITHIN);
                    return "made";
                },
                Runnable::run);
        assertThat(asked).isCompletedWithValue("made");
        assertThat(landings.doubt(object)).isEmpty();
    }

    @Test
    void whatNoThreadTakesIsNotUnderWay() {
        Landings landings = new Landings(nanos::get);
        assertThatThrownBy(() -> landings.ask(change.object(), () -> "made", work -> {
                    throw new RejectedExecutionException("closed");
                }))
                .hasMessage("closed");
        assertThat(landings.doubt(change.object())).isEmpty();
    }

    @Test
    void whatIsLostMayComeInForAsLongAsAServerMayTake() {
        queue("POST");
        assertThatThrownBy(() -> done(injector.inject(change))).hasMessageContaining("HTTP 504");
        assertMayStillCome(injector.rollback(change));
        pass(Lateness.LANDS_WITHIN.minusSeconds(1));
        assertMayStillCome(injector.rollback(change));
        pass(Duration.ofSeconds(1));
        done(injector.rollback(change));
    }

    @Test
    void whatCameInLateIsTakenOutAndThenThatIsCertain() {
        List<RecordedRequest> queued = queue("POST");
        assertThatThrownBy(() -> done(injector.inject(change))).hasMessageContaining("HTTP 504");
        assertMayStillCome(injector.rollback(change));
        // Were it sent twice, the second one could come in after the first was taken out.
        assertThat(queued).hasSize(1);
        cluster.really(queued.get(0));
        assertThat(isIn()).isTrue();
        done(injector.rollback(change));
        assertThat(isIn()).isFalse();
    }

    @Test
    void aRefusalIsCertainAtOnce() {
        cluster.answerFirst(request -> request.getMethod().equals("POST")
                ? Optional.of(TestCluster.refusal(403, "envoyfilters is forbidden"))
                : Optional.empty());
        assertThatThrownBy(() -> done(injector.inject(change))).hasMessageContaining("HTTP 403");
        done(injector.rollback(change));
    }

    @Test
    void routesThatComeInLateAreTakenOutToo() {
        cluster.with(
                virtualService("ratings", "{hosts: [ratings], http: [{route: [{destination: {host: ratings}}]}]}"));
        Change edit = done(injector.plan(
                        unguarded(experiment(abort(calls("ratings")))).withMechanism(Mechanism.VIRTUAL_SERVICE),
                        TICKET))
                .changes()
                .get(0);
        List<RecordedRequest> queued = queue("PATCH");
        assertThatThrownBy(() -> done(injector.inject(edit))).hasMessageContaining("HTTP 504");
        cluster.answerFirst(request -> Optional.empty());
        assertMayStillCome(injector.rollback(edit));
        assertThat(queued).hasSize(1);
        cluster.really(queued.get(0));
        assertThat(routes()).isEqualTo(2);
        done(injector.rollback(edit));
        assertThat(routes()).isEqualTo(1);
        // It was made for the object as it was then.
        cluster.really(queued.get(0));
        assertThat(routes()).isEqualTo(1);
    }

    private int routes() {
        return cluster.get(TestCluster.VIRTUAL_SERVICE, "bookinfo", "ratings")
                .orElseThrow()
                .at("/spec/http")
                .size();
    }

    @Test
    void theServerIsToldToGiveUpWhenTheClientDoes() {
        cluster.requests.clear();
        done(injector.inject(change));
        done(injector.rollback(change));
        assertThat(cluster.requests)
                .filteredOn(request -> !request.startsWith("GET"))
                .hasSize(2)
                .allMatch(request -> request.split(" ")[1].endsWith("timeout=9s"));
        assertThat(cluster.requests)
                .filteredOn(request -> request.startsWith("GET"))
                .isNotEmpty()
                .noneMatch(request -> request.contains("timeout"));
    }
}

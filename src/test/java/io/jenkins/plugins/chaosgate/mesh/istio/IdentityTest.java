package io.jenkins.plugins.chaosgate.mesh.istio;

import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.TICKET;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.abort;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.calls;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.done;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.experiment;
import static io.jenkins.plugins.chaosgate.mesh.istio.Bookinfo.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.chaosgate.gate.port.Plan;
import io.jenkins.plugins.chaosgate.mesh.TestCluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster is told from others by what no other has, whatever its address. */
class IdentityTest {

    private final TestCluster cluster =
            new TestCluster().with("{apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}");
    private final IstioFaultInjector injector = new IstioFaultInjector(cluster.client(), Runnable::run);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void isTheUidOfItsOwnNamespace() {
        String uid = cluster.get(ResourceType.NAMESPACE, "", "kube-system")
                .orElseThrow()
                .at("/metadata/uid")
                .asText();
        assertThat(uid).isNotEmpty();
        assertThat(done(injector.identity())).contains(uid);
    }

    @Test
    void isNotToldToEverybody() {
        cluster.answerFirst(request -> Optional.of(TestCluster.refusal(403, "namespaces is forbidden")));
        assertThat(done(injector.identity())).isEmpty();
    }

    @Test
    void whereItIsNotToldPreflightSaysSoAndGoesOn() {
        try (TestCluster bookinfo = Bookinfo.cluster()) {
            IstioFaultInjector other = new IstioFaultInjector(bookinfo.client(), Runnable::run);
            assertThat(warnings(done(other.plan(experiment(abort(calls("ratings"))), TICKET))))
                    .isEmpty();
            bookinfo.answerFirst(request -> request.getPath().endsWith("/namespaces/kube-system")
                    ? Optional.of(TestCluster.refusal(403, "namespaces is forbidden"))
                    : Optional.empty());
            Plan plan = done(other.plan(experiment(abort(calls("ratings"))), TICKET));
            assertThat(warnings(plan)).singleElement().asString().contains("cannot be told from another one");
            assertThat(plan.changes()).isNotEmpty();
        }
    }

    @Test
    void aClusterThatDoesNotAnswerHasNotSaidThatItHasNone() {
        cluster.answerFirst(request -> Optional.of(TestCluster.refusal(401, "Unauthorized")));
        assertThatThrownBy(() -> done(injector.identity())).isInstanceOf(ClusterException.class);
    }
}

package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The talk's story on the real mesh: one canary breaks with its dependency, the other falls back. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class TalkLiveTest {

    private static final String HURT =
            "istio_requests_total{reporter=\"source\",source_app=\"reviews\",source_version=\"%s\",response_flags=~\".*FI.*\"}";

    @Test
    void theCanaryThatBreaksIsStoppedTheOneThatFallsBackPassesAndNobodyElseIsHurt(FullBed bed) throws Exception {
        // Whatever tests before this one did to them.
        double others = Mesh.query(bed, HURT.formatted("v1"));
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 100);
            assertThat(load.failures()).isZero();

            GateProcess breaks = GateProcess.run(bed, Experiments.talk("v2"));
            GateProcess fallsBack = GateProcess.run(bed, Experiments.talk("v3"));

            assertThat(breaks.exit()).as(breaks.output()).isEqualTo(1);
            assertThat(fallsBack.exit()).as(fallsBack.output()).isZero();
            Mesh.assertNothingIsLeft(bed);

            JsonNode violated = breaks.report();
            assertThat(violated.path("verdict").asText()).isEqualTo("VIOLATED");
            assertThat(violated.path("reason").asText()).contains("failed requests of reviews", "at most 10 in 8s");
            assertThat(violated.at("/faults/0/proof/injectedRequests").asLong()).isPositive();
            assertThat(violated.at("/faults/0/removedAt").asText()).isNotEmpty();
            assertThat(violated.at("/timings/recoveryMillis").isNumber()).isTrue();
            JsonNode passed = fallsBack.report();
            assertThat(passed.path("verdict").asText()).isEqualTo("PASSED");
            assertThat(passed.at("/faults/0/proof/injectedRequests").asLong()).isPositive();

            assertThat(passed.at("/outOfScope/requests").asLong())
                    .as("calls of the other versions")
                    .isPositive();

            assertThat(Mesh.query(bed, HURT.formatted("v2"))).isPositive();
            assertThat(Mesh.query(bed, HURT.formatted("v3"))).isPositive();
            assertThat(Mesh.query(bed, HURT.formatted("v1"))).isEqualTo(others);
        }
    }

    @Test
    void withoutTrafficThereIsNoVerdictAndNoFault(FullBed bed) throws Exception {
        GateProcess gate = GateProcess.run(bed, Experiments.talk("v3"));
        assertThat(gate.exit()).as(gate.output()).isEqualTo(3);
        assertThat(gate.report().path("verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(gate.report().path("reason").asText()).containsAnyOf("no traffic", "no data");
        assertThat(gate.report().at("/faults/0/injectedAt").isTextual()).isFalse();
        Mesh.assertNothingIsLeft(bed);
    }

    @Test
    void withTooLittleTrafficThereIsNoVerdict(FullBed bed) throws Exception {
        try (Load load =
                Load.start(bed.inbound("productpage-v1").resolve("/productpage"), "productpage:9080", 9, Map.of())) {
            Mesh.await("traffic", () -> load.total() > 30);
            GateProcess gate = GateProcess.run(
                    bed,
                    Experiments.talk("v3")
                            .replace("failedRequests: {of: reviews, max: 10}", "errorRate: {of: reviews, max: 1%}"));
            assertThat(gate.exit()).as(gate.output()).isEqualTo(3);
            assertThat(gate.report().path("verdict").asText()).isEqualTo("INCONCLUSIVE");
            assertThat(gate.report().path("reason").asText()).startsWith("too little traffic");
            assertThat(gate.report().at("/faults/0/proof/injectedRequests").asLong())
                    .isPositive();
            Mesh.assertNothingIsLeft(bed);
        }
    }
}

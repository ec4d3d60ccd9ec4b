package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every kind of fault, in both directions and both dialects, hurts whom it should, and is gone afterwards. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class FaultKindsLiveTest {

    private static Load load;

    @BeforeAll
    static void traffic(FullBed bed) throws Exception {
        load = Mesh.load(bed);
        Mesh.await("traffic", () -> load.total() > 50);
    }

    @AfterAll
    static void noMoreTraffic() {
        load.close();
    }

    private static JsonNode passes(FullBed bed, String experiment, String... options) throws Exception {
        GateProcess gate = GateProcess.run(bed, experiment, options);
        assertThat(gate.exit()).as(gate.output()).isZero();
        assertThat(gate.report().at("/faults/0/proof/injectedRequests").asLong())
                .as(gate.output())
                .isPositive();
        Mesh.assertNothingIsLeft(bed);
        return gate.report();
    }

    @Test
    void aDelayOfSomeCalls(FullBed bed) throws Exception {
        passes(bed, Experiments.harmless("httpDelay: {to: ratings, delay: 50ms, percentage: 50}"));
    }

    @Test
    void anAbortAndADelayOnOneRoute(FullBed bed) throws Exception {
        JsonNode report = passes(
                bed,
                Experiments.harmless("httpDelay: {to: ratings, delay: 20ms}\n"
                        + "  - httpAbort: {to: ratings, status: 503, percentage: 50}"));
        assertThat(report.at("/faults/1/proof/injectedRequests").asLong()).isPositive();
    }

    @Test
    void aBandwidthLimit(FullBed bed) throws Exception {
        passes(bed, Experiments.harmless("bandwidthLimit: {to: ratings, limit: 64KiB/s}"));
    }

    @Test
    void theNativeStatisticsOfEnvoy(FullBed bed) throws Exception {
        passes(bed, Experiments.harmless("httpAbort: {to: ratings, status: 500}"), "--metrics", "envoy");
    }

    @Test
    void anInboundFaultAtTheCanaryItself(FullBed bed) throws Exception {
        passes(bed, Experiments.harmless("httpDelay: {to: reviews, delay: 20ms}"));
    }

    @Test
    void aFaultThatMatchesNothingProvesNothing(FullBed bed) throws Exception {
        GateProcess gate = GateProcess.run(
                bed, Experiments.harmless("httpAbort: {to: ratings, status: 500, headers: {x-nobody: sends-this}}"));
        assertThat(gate.exit()).as(gate.output()).isEqualTo(3);
        assertThat(gate.report().path("reason").asText()).contains("no proxy reported a request that it hurt");
        Mesh.assertNothingIsLeft(bed);
    }

    @Test
    void aGrpcAbortOfAPlainHttpServiceIsRefused(FullBed bed) throws Exception {
        GateProcess gate = GateProcess.run(bed, Experiments.harmless("grpcAbort: {to: ratings, status: UNAVAILABLE}"));
        assertThat(gate.exit()).as(gate.output()).isEqualTo(5);
        assertThat(gate.output()).contains("gRPC");
    }

    @Test
    void everythingThatIsWrongWithTheTargetIsSaidAtOnce(FullBed bed) throws Exception {
        GateProcess gate = GateProcess.run(
                bed,
                Experiments.harmless("httpAbort: {to: nowhere, status: 500}").replace("version: v3", "version: v9"));
        assertThat(gate.exit()).as(gate.output()).isEqualTo(5);
        assertThat(gate.output()).contains("nowhere", "v9");
        Mesh.assertNothingIsLeft(bed);
    }
}

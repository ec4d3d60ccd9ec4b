package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody shifts the traffic of the host in the middle of a gate: what is measured then is another experiment. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class RoutingDriftLiveTest {

    /** As the cluster keeps it of an edit. */
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    private static final String WEIGHTS =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews, namespace: bookinfo}
            spec:
              hosts: [reviews]
              http:
                - route:
                    - {destination: {host: reviews, subset: v1}, weight: 20}
                    - {destination: {host: reviews, subset: v3}, weight: 80}
            """;

    @Test
    void aShiftOfWeightsByAThirdPartyEndsTheGateWithWhoAndWhen(FullBed bed) throws Exception {
        HasMetadata weights = bed.client().resource(WEIGHTS).create();
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 50);
            Map<String, String> before = Belongings.of(bed.client());
            GateProcess gate = GateProcess.run(
                    bed,
                    Experiments.harmless("httpAbort: {to: ratings, status: 500, percentage: 100}")
                            .replace("duration: 8s", "duration: 1m"));
            Mesh.await("the fault", () -> gate.output().contains("fault bites"));
            Instant shifted = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            bed.client()
                    .resource(weights)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON)
                                    .withFieldManager("canary-controller")
                                    .build(),
                            "[{\"op\": \"replace\", \"path\": \"/spec/http/0/route/0/weight\", \"value\": 50},"
                                    + "{\"op\": \"replace\", \"path\": \"/spec/http/0/route/1/weight\", \"value\": 50}]");
            assertThat(gate.exit()).as(gate.output()).isEqualTo(3);
            String reason = gate.report().path("reason").asText();
            assertThat(gate.report().path("verdict").asText()).isEqualTo("INCONCLUSIVE");
            assertThat(reason)
                    .contains("the experiment was disturbed: VirtualService bookinfo/reviews", "was changed")
                    .contains("canary-controller");
            Matcher when = TIME.matcher(reason);
            assertThat(when.find()).as(reason).isTrue();
            assertThat(Instant.parse(when.group())).isBetween(shifted, shifted.plusSeconds(10));
            Mesh.assertNothingIsLeft(bed);
            assertThat(Belongings.of(bed.client()).keySet()).isEqualTo(before.keySet());
        } finally {
            bed.client().resource(weights).delete();
        }
    }
}

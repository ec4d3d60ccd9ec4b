package io.jenkins.plugins.chaosgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent.Sight;
import io.jenkins.plugins.chaosgate.verdict.Counted;
import io.jenkins.plugins.chaosgate.verdict.Observation;
import io.jenkins.plugins.chaosgate.verdict.Traffic;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How few requests are too few depends on what the fault does to those who send them. */
class SteadyStateTest {

    private static final Instant BEGIN = Instant.EPOCH;
    private static final Instant UNDER_FAULT = BEGIN.plusSeconds(30);

    private static Experiment experiment(String fault) {
        return ExperimentReader.read(
                "steady-state.yaml",
                """
                name: steady-state
                target: {namespace: bookinfo, canary: {app: reviews, version: v2}}
                faults: [{%s}]
                steadyState: [{errorRate: {of: reviews, max: 5%%}}]
                watch: {duration: 2m, interval: 1s}
                """
                        .formatted(fault),
                Map.of());
    }

    private static SteadyState look(SteadyState state, Experiment experiment, Instant at, long requests) {
        Counted counted =
                Counted.of(Count.of(0, requests)).of(new Traffic(requests, OptionalLong.empty(), at, Optional.of(at)));
        Observation seen =
                new Observation(at, 0, OptionalLong.of(requests), OptionalDouble.empty(), true, Optional.of(counted));
        return state.after(
                at, List.of(new Sight(experiment.steadyState().get(0), Optional.of(seen), Optional.empty())));
    }

    /** Twenty requests a second before the fault, and two under it. */
    private static SteadyState tenthOfTheRequests(Experiment experiment) {
        SteadyState state = SteadyState.fresh(experiment, BEGIN);
        for (int second = 1; second <= 30; second++) {
            state = look(state, experiment, BEGIN.plusSeconds(second), 20L * second);
        }
        state = state.next(experiment, UNDER_FAULT, UNDER_FAULT);
        for (int second = 1; second <= 40; second++) {
            state = look(state, experiment, UNDER_FAULT.plusSeconds(second), 2L * second);
        }
        return state;
    }

    @ParameterizedTest
    @ValueSource(strings = {"httpAbort: {to: ratings, status: 500}", "grpcAbort: {to: ratings, status: UNAVAILABLE}"})
    void callersThatAreAnsweredAtOnceSendAsManyAsBefore(String fault) {
        assertThat(tenthOfTheRequests(experiment(fault)).dryTraffic()).isPresent();
    }

    @Test
    void callersThatWaitForTheirAnswersSendFewer() {
        assertThat(tenthOfTheRequests(experiment("httpDelay: {to: ratings, delay: 2s}"))
                        .dryTraffic())
                .isEmpty();
    }
}

package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent.Sight;
import io.jenkins.plugins.chaosgate.verdict.ThresholdState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All thresholds of an experiment, as they stand in one phase. Immutable. */
record SteadyState(List<ThresholdState> states) {

    SteadyState {
        states = List.copyOf(states);
    }

    static SteadyState fresh(Experiment experiment, Instant since) {
        return new SteadyState(experiment.steadyState().stream()
                .map(threshold -> ThresholdState.fresh(threshold, since))
                .toList());
    }

    /** After one more look at all of them, in the experiment's order. */
    SteadyState after(Instant at, List<Sight> sights) {
        List<ThresholdState> next = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            Sight sight = sights.get(i);
            ThresholdState state = states.get(i);
            next.add(sight.observation()
                    .map(observation -> state.observed(at, observation))
                    .orElseGet(() -> state.missed(sight.missing()
                            .map(missing -> missing.why().words() + " (" + missing.detail() + ")")
                            .orElseThrow())));
        }
        return new SteadyState(next);
    }

    /** The thresholds that were broken once too often, in words; empty where there are none. */
    Optional<String> violated() {
        String words = states.stream()
                .filter(ThresholdState::isViolated)
                .map(ThresholdState::words)
                .collect(Collectors.joining("; "));
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    /** The thresholds that showed nothing for longer than the limit, in words; empty where there are none. */
    Optional<String> blindFor(Duration limit, Instant now) {
        String words = states.stream()
                .filter(state -> state.blindFor(now).compareTo(limit) >= 0)
                .map(state -> state.missingWords(now))
                .collect(Collectors.joining("; "));
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    /** Whether the newest look showed a value for every threshold. */
    boolean isSeen() {
        return states.stream().allMatch(ThresholdState::isSeen);
    }

    /** Whether the newest look showed for every threshold a value that keeps its limits. */
    boolean holdsNow() {
        return states.stream().allMatch(ThresholdState::holdsNow);
    }

    /** How every threshold stands, in words. */
    String words() {
        return states.stream().map(ThresholdState::words).collect(Collectors.joining("; "));
    }

    /** Those that do not hold now, in words. */
    String brokenWords(Instant now) {
        return states.stream()
                .filter(state -> !state.holdsNow())
                .map(state -> state.isSeen() ? state.words() : state.missingWords(now))
                .collect(Collectors.joining("; "));
    }
}

package io.jenkins.plugins.chaosgate.gate;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent.Sight;
import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.verdict.Needs;
import io.jenkins.plugins.chaosgate.verdict.ThresholdState;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.TrafficTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All thresholds of an experiment, as they stand in one phase. Immutable, and nothing but a fold over the sights of that
 * phase's {@link io.jenkins.plugins.chaosgate.gate.port.GateEvent.Observed} events: {@link #fresh} before the warm-up's, {@link
 * #next} between the phases.
 */
record SteadyState(List<ThresholdState> states) {

    /** What is left of the traffic where a fault slows callers down: only next to nothing is a collapse. */
    private static final double LEAST_OF_SLOWED = 0.02;

    SteadyState {
        states = List.copyOf(states);
    }

    static SteadyState fresh(Experiment experiment, Instant since) {
        Watch watch = experiment.watch();
        Confidence confidence = new Confidence(watch.alpha(), watch.beta());
        return new SteadyState(experiment.steadyState().stream()
                .map(threshold -> ThresholdState.fresh(threshold, since, confidence))
                .toList());
    }

    /** Before the first look of the phase that follows: nothing counts any more but how bursty bad requests were, and how many came. */
    SteadyState next(Experiment experiment, Instant since, Instant countFrom) {
        double least = experiment.faults().stream().anyMatch(Fault::slowsCallers) ? LEAST_OF_SLOWED : TrafficTest.LEAST;
        return new SteadyState(states.stream()
                .map(state -> state.next(since, countFrom, least))
                .toList());
    }

    /** After one more look at all of them, in the experiment's order. */
    SteadyState after(Instant at, List<Sight> sights) {
        List<ThresholdState> next = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            Sight sight = sights.get(i);
            next.add(
                    states.get(i).after(at, sight.observation(), sight.missing().map(Reading.NoData::words)));
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

    /** The thresholds whose requests went elsewhere, in words; empty where there are none. */
    Optional<String> lostTraffic() {
        return joined(ThresholdState::lostTraffic);
    }

    /** The thresholds for which far fewer requests came than before, in words; empty where there are none. */
    Optional<String> dryTraffic() {
        return joined(ThresholdState::dryTraffic);
    }

    private Optional<String> joined(Function<ThresholdState, Optional<String>> words) {
        String all = states.stream().map(words).flatMap(Optional::stream).collect(Collectors.joining("; "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    /** The thresholds that showed nothing for longer than the limit, in words; empty where there are none. */
    Optional<String> blindFor(Duration limit, Instant now) {
        String words = states.stream()
                .filter(state -> state.blindFor(now).compareTo(limit) >= 0)
                .map(state -> state.missingWords(now))
                .collect(Collectors.joining("; "));
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    /** The thresholds for which too few requests will come at the rate that was seen, in words. */
    List<String> tooFew(Watch watch) {
        return states.stream()
                .flatMap(state -> state
                        .perSecond()
                        .flatMap(rate -> Needs.of(state.threshold(), watch, rate))
                        .filter(needs -> !needs.areMet())
                        .map(needs -> state.threshold().title() + " " + needs.words(watch))
                        .stream())
                .toList();
    }

    /** Whether every threshold holds, as certainly as that is asked for. */
    boolean holds() {
        return states.stream().allMatch(ThresholdState::holds);
    }

    /** Why there can be no pass although nothing is violated, in words; empty where there can. */
    Optional<String> inconclusive() {
        return words(Conclusion.TOO_LITTLE, "too little traffic: ")
                .or(() -> words(
                        Conclusion.UNCLEAR,
                        "it is not clear whether the steady state held (a longer duration tells more): "));
    }

    private Optional<String> words(Conclusion conclusion, String what) {
        String words = states.stream()
                .filter(state -> state.conclusion() == conclusion)
                .map(ThresholdState::words)
                .collect(Collectors.joining("; "));
        return words.isEmpty() ? Optional.empty() : Optional.of(what + words);
    }

    /** Whether the newest look showed a value for every threshold. */
    boolean isSeen() {
        return states.stream().allMatch(ThresholdState::isSeen);
    }

    /** Whether all requests up to a time are counted. */
    boolean reaches(Instant time) {
        return states.stream().allMatch(state -> state.reaches(time));
    }

    /** Whether the look at that time showed something new for every threshold. */
    boolean isFreshAt(Instant look) {
        return states.stream().allMatch(state -> state.isFreshAt(look));
    }

    /** When the phase began to look. */
    Instant since() {
        return states.get(0).since();
    }

    /** Whether the newest look showed for every threshold a value that keeps its limits. */
    boolean holdsNow() {
        return states.stream().allMatch(ThresholdState::holdsNow);
    }

    /** Whether the newest look showed nothing that surely speaks against any threshold. */
    boolean isUnbroken() {
        return states.stream().allMatch(ThresholdState::isUnbroken);
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

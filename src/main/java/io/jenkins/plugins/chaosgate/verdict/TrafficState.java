package io.jenkins.plugins.chaosgate.verdict;

import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.TrafficLook;
import io.jenkins.plugins.chaosgate.verdict.sequential.TrafficTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether those that are judged still get the requests that they got before the fault: a fold over the looks of a phase. Before
 * the fault it remembers them, under it they are compared. Immutable.
 *
 * @param looks of the phase, oldest first; those of a phase that compares are not kept
 * @param test compares; empty before the fault
 * @param last what the newest look counted; empty before the first
 * @param known up to when the newest look counted, or when the phase began to count
 */
record TrafficState(List<TrafficLook> looks, Optional<TrafficTest> test, Optional<Traffic> last, Instant known) {

    TrafficState {
        looks = List.copyOf(looks);
        Objects.requireNonNull(test, "test");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(known, "known");
    }

    /** Before the first look of a phase with which the next one compares. */
    static TrafficState fresh(Instant since) {
        return new TrafficState(List.of(), Optional.empty(), Optional.empty(), since);
    }

    /**
     * Before the first look of the phase that follows.
     *
     * @param least the share of the usual traffic below which it has collapsed
     */
    TrafficState next(Instant since, double least, Confidence confidence) {
        return new TrafficState(
                List.of(), Optional.of(TrafficTest.begin(looks, least, confidence.alpha())), Optional.empty(), since);
    }

    /** After a look; one that is known up to no later than the one before shows nothing. */
    TrafficState observed(Observation observation) {
        Optional<Traffic> came = observation.counted().flatMap(Counted::traffic);
        if (came.isEmpty() || !came.get().until().isAfter(known)) {
            return this;
        }
        Instant until = came.get().until();
        TrafficLook look = new TrafficLook(
                Math.max(0, came.get().judged() - last.map(Traffic::judged).orElse(0L)),
                Duration.between(known, until),
                more(came.get()));
        return test.isPresent()
                ? new TrafficState(List.of(), test.map(before -> before.plus(look)), came, until)
                : new TrafficState(joined(look), Optional.empty(), came, until);
    }

    private OptionalLong more(Traffic came) {
        long before = last.map(Traffic::others)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .orElse(0L);
        return came.others().isPresent()
                ? OptionalLong.of(Math.max(0, came.others().getAsLong() - before))
                : OptionalLong.empty();
    }

    private List<TrafficLook> joined(TrafficLook look) {
        List<TrafficLook> all = new ArrayList<>(looks);
        all.add(look);
        return all;
    }

    /** Whether far fewer requests come than before, and the rest goes elsewhere, or nowhere. */
    boolean wentElsewhere() {
        return is(TrafficTest.State.COLLAPSED_ELSEWHERE);
    }

    /** Whether far fewer requests come than before, for all that is known because fewer are made. */
    boolean ranDry() {
        return is(TrafficTest.State.COLLAPSED_LOAD);
    }

    private boolean is(TrafficTest.State state) {
        return test.filter(running -> running.state() == state).isPresent();
    }

    /** {@code 3 requests in 12s, where 120 were usual, while others got 130 (usually 118)}; one line. */
    String words() {
        TrafficTest.Stretch stretch = test.orElseThrow().newest();
        String own = stretch.seen() + (stretch.seen() == 1 ? " request" : " requests") + " in "
                + Units.duration(Duration.ofMillis(stretch.lasting().toMillis())) + ", where "
                + Math.round(stretch.expected()) + " were usual";
        return stretch.othersSeen().isEmpty()
                ? own
                : own + ", while others behind the service got "
                        + stretch.othersSeen().getAsLong() + " (usually "
                        + Math.round(stretch.othersExpected().orElse(0)) + ")";
    }
}

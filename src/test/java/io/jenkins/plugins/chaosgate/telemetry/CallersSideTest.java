package io.jenkins.plugins.chaosgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.telemetry.CallerCounts.Group;
import io.jenkins.plugins.chaosgate.telemetry.CallersSide.Own;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Fate;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Kind;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Whose;
import io.jenkins.plugins.chaosgate.verdict.sequential.ArmShare;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow.Increment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What callers got is added to what pods answered: surely, possibly, and nothing twice. */
class CallersSideTest {
    private static final Own NOTHING_SEEN = new Own(0, 0);

    private static Instant at(long second) {
        return Instant.EPOCH.plusSeconds(second);
    }

    private static Increment second(long second, long failed) {
        return new Increment(at(second - 1), at(second), failed);
    }

    private static Group group(Kind kind, String flag, Whose whose, long number) {
        return group(kind, flag, whose, number, 0);
    }

    private static Group group(Kind kind, String flag, Whose whose, long number, long doubt) {
        return new Group(new Fate(kind, flag), whose, number, doubt, List.of(second(1, number)));
    }

    private static Group answered(Whose whose, long number) {
        return group(Kind.ANSWERED, "", whose, number);
    }

    private static CallersSide side(Own own, ArmShare share, Group... groups) {
        return CallersSide.of(new CallerCounts(List.of(groups)), own, share, false, false);
    }

    @Test
    void whereNoCallerIsSeenWhatPodsSawGivenUpIsAllThatIsKnown() {
        CallersSide side = CallersSide.unseen(new Own(100, 3));
        assertThat(side.extra()).isEqualTo(new Count(0, 3, 3));
        assertThat(side.unanswered().cancelled()).isEqualTo(3);
        assertThat(side.others()).isEmpty();
        assertThat(side.newest()).isEmpty();
    }

    @Test
    void whatTheMeshCallsTheCanarysCountsForSure() {
        CallersSide side = side(
                NOTHING_SEEN,
                ArmShare.UNKNOWN,
                answered(Whose.JUDGED, 90),
                group(Kind.UNANSWERED, "UF", Whose.JUDGED, 10));
        assertThat(side.extra()).isEqualTo(new Count(10, 10, 10));
        assertThat(side.unanswered().byFlag()).isEqualTo(Map.of("UF", 10L));
        assertThat(side.newest()).contains(at(1));
    }

    @Test
    void othersFailuresAreTheirs() {
        CallersSide side = side(
                NOTHING_SEEN,
                ArmShare.WHOLE,
                answered(Whose.OTHERS, 20),
                group(Kind.UNANSWERED, "UF", Whose.OTHERS, 10));
        assertThat(side.extra()).isEqualTo(Count.NONE);
        assertThat(side.others()).contains(30L);
    }

    @Test
    void nobodysFailuresMayAllBeTheCanarysButOnlyItsMissingShareSurelyIs() {
        Group nobodys = group(Kind.UNANSWERED, "UH", Whose.UNKNOWN, 40);
        assertThat(side(NOTHING_SEEN, ArmShare.UNKNOWN, answered(Whose.JUDGED, 60), nobodys)
                        .extra())
                .isEqualTo(new Count(0, 40, 40));
        assertThat(side(NOTHING_SEEN, ArmShare.WHOLE, answered(Whose.JUDGED, 60), nobodys)
                        .extra())
                .isEqualTo(new Count(40, 40, 40));
        ArmShare half = new ArmShare(100_000, 200_000);
        long missing = half.atLeastOf(100) - 20;
        CallersSide side = side(NOTHING_SEEN, half, answered(Whose.JUDGED, 20), answered(Whose.OTHERS, 40), nobodys);
        assertThat(missing).isBetween(5L, 20L);
        assertThat(side.extra()).isEqualTo(new Count(missing, 40, 40));
        assertThat(side.unanswered().surely()).isEqualTo(missing);
    }

    @Test
    void theSureOnesOfNobodysAreSpreadOverTheTimeInWhichTheyFailed() {
        Group nobodys =
                new Group(new Fate(Kind.UNANSWERED, "UH"), Whose.UNKNOWN, 40, 0, List.of(second(4, 30), second(2, 10)));
        ArmShare half = new ArmShare(100_000, 200_000);
        CallersSide side = side(NOTHING_SEEN, half, answered(Whose.JUDGED, 20), answered(Whose.OTHERS, 40), nobodys);
        long surely = side.extra().surelyBad();
        assertThat(side.sure()).containsExactly(second(2, surely / 4), second(4, surely - surely / 4));
        assertThat(side.possible()).containsExactlyInAnyOrder(second(4, 30), second(2, 10));
        assertThat(side.newest()).contains(at(4));
    }

    @Test
    void aCounterOfAttemptsOnlyCountsPerhaps() {
        CallersSide side = side(
                NOTHING_SEEN,
                ArmShare.WHOLE,
                group(Kind.PERHAPS_UNANSWERED, "UF", Whose.JUDGED, 4),
                group(Kind.PERHAPS_UNANSWERED, "UF", Whose.UNKNOWN, 3),
                group(Kind.PERHAPS_UNANSWERED, "UF", Whose.OTHERS, 8));
        assertThat(side.extra()).isEqualTo(new Count(0, 7, 7));
        assertThat(side.sure()).isEmpty();
        assertThat(side.possible()).containsExactlyInAnyOrder(second(1, 4), second(1, 3));
        assertThat(side.unanswered().byFlag()).isEqualTo(Map.of("UF", 7L));
    }

    @Test
    void whatIsUncertainOfTheCountersIsPossible() {
        CallersSide side = side(
                NOTHING_SEEN,
                ArmShare.UNKNOWN,
                group(Kind.UNANSWERED, "UF", Whose.JUDGED, 1, 2),
                group(Kind.UNANSWERED, "UH", Whose.UNKNOWN, 0, 3),
                group(Kind.CANCELLED, "DC", Whose.JUDGED, 0, 4));
        assertThat(side.extra()).isEqualTo(new Count(1, 10, 10));
        assertThat(side.unanswered().byFlag()).as("only what was seen").isEqualTo(Map.of("UF", 1L));
    }

    @Test
    void aCallerThatGivesUpIsCountedOnceThoughPodAndCallerSawIt() {
        Group gaveUp = group(Kind.CANCELLED, "DC", Whose.JUDGED, 5);
        assertThat(side(new Own(100, 5), ArmShare.UNKNOWN, gaveUp).extra()).isEqualTo(new Count(0, 5, 5));
        assertThat(side(new Own(100, 8), ArmShare.UNKNOWN, gaveUp).unanswered().cancelled())
                .as("three callers have no proxy")
                .isEqualTo(8);
        assertThat(side(new Own(100, 2), ArmShare.UNKNOWN, gaveUp).unanswered().cancelled())
                .isEqualTo(5);
    }

    @Test
    void whatTheCallersProxyBrokeOffIsNoCallerThatGaveUpToo() {
        Group timedOut = group(Kind.UNANSWERED, "UT", Whose.JUDGED, 3);
        Group broken = group(Kind.UNANSWERED, "UC", Whose.UNKNOWN, 1);
        assertThat(side(new Own(100, 4), ArmShare.UNKNOWN, timedOut, broken).extra())
                .isEqualTo(new Count(3, 4, 4));
        Group neverReached = group(Kind.UNANSWERED, "UF", Whose.JUDGED, 3);
        assertThat(side(new Own(100, 4), ArmShare.UNKNOWN, neverReached).extra())
                .as("no pod saw what never reached one")
                .isEqualTo(new Count(3, 7, 7));
    }

    @Test
    void ofAReferenceOnlyWhatSurelyIsItsCounts() {
        List<Group> groups = List.of(
                answered(Whose.JUDGED, 60),
                group(Kind.UNANSWERED, "UF", Whose.JUDGED, 1),
                group(Kind.UNANSWERED, "UH", Whose.UNKNOWN, 40),
                group(Kind.PERHAPS_UNANSWERED, "UF", Whose.UNKNOWN, 3),
                group(Kind.CANCELLED, "DC", Whose.UNKNOWN, 2));
        CallersSide side = CallersSide.of(new CallerCounts(groups), NOTHING_SEEN, ArmShare.WHOLE, false, true);
        assertThat(side.extra()).isEqualTo(new Count(1, 1, 1));
        assertThat(side.unanswered().cancelled()).isZero();
    }

    @Test
    void whereAnsweredHoldsAllNothingIsCountedTwice() {
        Group[] groups = {answered(Whose.UNKNOWN, 100), group(Kind.UNANSWERED, "UH", Whose.UNKNOWN, 40)};
        CallersSide side =
                CallersSide.of(new CallerCounts(List.of(groups)), new Own(50, 4), ArmShare.WHOLE, true, false);
        assertThat(side.extra().surelyBad()).as("100 came, and the pods saw 54").isEqualTo(40);
        assertThat(side.others()).contains(46L);
        CallersSide seen =
                CallersSide.of(new CallerCounts(List.of(groups)), new Own(80, 5), ArmShare.WHOLE, true, false);
        assertThat(seen.extra().surelyBad()).isEqualTo(15);
        CallersSide more =
                CallersSide.of(new CallerCounts(List.of(groups)), new Own(120, 0), ArmShare.WHOLE, true, false);
        assertThat(more.extra().surelyBad()).isZero();
        assertThat(more.others()).contains(0L);
    }

    @Test
    void whereCountersTellWhoseTheOthersAreTheOthers() {
        Group[] groups = {answered(Whose.JUDGED, 60), answered(Whose.OTHERS, 30), answered(Whose.UNKNOWN, 10)};
        CallersSide side =
                CallersSide.of(new CallerCounts(List.of(groups)), new Own(5, 0), ArmShare.WHOLE, true, false);
        assertThat(side.others()).isEqualTo(Optional.of(30L));
    }
}

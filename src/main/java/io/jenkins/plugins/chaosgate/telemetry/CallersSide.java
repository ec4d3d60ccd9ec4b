package io.jenkins.plugins.chaosgate.telemetry;

import io.jenkins.plugins.chaosgate.telemetry.CallerCounts.Group;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Kind;
import io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries.Whose;
import io.jenkins.plugins.chaosgate.verdict.Unanswered;
import io.jenkins.plugins.chaosgate.verdict.sequential.ArmShare;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.FailedInAnyWindow.Increment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What callers of a service got beside what its own proxies saw: failures that never reached a pod, or were cut off. No request
 * is counted twice: what a pod answered is left to the pod's proxy, and what it saw break off to the caller's.
 *
 * <p>Whose they were: the judged workloads' where the mesh says so. Where it does not, since no endpoint was chosen, all of them
 * may have been; and those surely were that are missing from the share of the service's requests that these workloads had before
 * the fault.
 *
 * @param extra requests to be added to those that the pods' proxies counted
 * @param sure when those failed that surely count
 * @param possible when those failed, or were given up, that may count
 * @param others requests to the service that were others', 0 or more; empty where no caller's proxy counts any
 */
record CallersSide(
        Count extra, List<Increment> sure, List<Increment> possible, Unanswered unanswered, Optional<Long> others) {

    /** After these a pod's proxy may have seen the request, and that its caller was gone. */
    private static final Set<String> BROKEN_OFF = Set.of("UT", "UC", "LR", "SI");

    private static final double DEVIATIONS = 3;

    /**
     * What the pods' own proxies counted of the judged workloads.
     *
     * @param answered requests that they answered
     * @param cancelled requests of which they saw the caller give up
     */
    record Own(long answered, long cancelled) {}

    /** Where no caller's proxy counts anything, all that is known is what the pods' proxies saw. */
    static CallersSide unseen(Own own) {
        return new CallersSide(
                new Count(0, own.cancelled(), own.cancelled()),
                List.of(),
                List.of(),
                new Unanswered(Map.of(), 0, own.cancelled()),
                Optional.empty());
    }

    /**
     * @param share of the service's requests, as the judged workloads had it before the fault
     * @param usuallyGivenUp which share of their requests was given up before the fault, as where streams end so: 0 to 1
     * @param answeredHoldAll as {@link io.jenkins.plugins.chaosgate.telemetry.dialect.CallerSeries} has it
     * @param reference whether others are compared with the judged workloads: then what may not have been theirs is left out
     */
    static CallersSide of(
            CallerCounts counts,
            Own own,
            ArmShare share,
            double usuallyGivenUp,
            boolean answeredHoldAll,
            boolean reference) {
        long judged = counts.all(Whose.JUDGED, answeredHoldAll);
        long others = counts.all(Whose.OTHERS, answeredHoldAll);
        long unknown = counts.all(Whose.UNKNOWN, answeredHoldAll);
        // Counters that know no workload leave it to the pods' proxies how many of the answers were theirs.
        boolean tellsWhose = !answeredHoldAll || judged > 0;
        long seen = tellsWhose ? judged : own.answered() + own.cancelled();

        List<Group> theirs = counts.of(Kind.UNANSWERED, Whose.JUDGED).toList();
        List<Group> anybodys = reference
                ? List.of()
                : counts.of(Kind.UNANSWERED, Whose.UNKNOWN).toList();
        List<Group> perhaps = counts.of(Kind.PERHAPS_UNANSWERED)
                .filter(group -> isOrMayBe(group, reference))
                .toList();
        List<Group> cancelled = counts.of(Kind.CANCELLED)
                .filter(group -> isOrMayBe(group, reference))
                .toList();

        long ofNobodyKnown = CallerCounts.number(anybodys.stream());
        long missing = share.atLeastOf(judged + others + unknown) - seen;
        long surelyOfThem = Math.max(0, Math.min(missing, ofNobodyKnown));
        long surely = CallerCounts.number(theirs.stream()) + surelyOfThem;

        long brokenOff = CallerCounts.number(Stream.concat(theirs.stream(), anybodys.stream())
                        .filter(group -> BROKEN_OFF.contains(group.fate().flag())))
                + CallerCounts.number(cancelled.stream());
        long gaveUp = CallerCounts.number(cancelled.stream()) + Math.max(0, own.cancelled() - brokenOff);
        long suspicious = beyondUsual(gaveUp, own.answered() + gaveUp, usuallyGivenUp);
        long attempts = CallerCounts.number(perhaps.stream());
        long doubt = Stream.of(theirs, anybodys, cancelled)
                .flatMap(List::stream)
                .mapToLong(Group::doubt)
                .sum();
        long possibly = surely + (ofNobodyKnown - surelyOfThem) + attempts + suspicious + doubt;

        List<Increment> sure = new ArrayList<>(increments(theirs));
        sure.addAll(share(increments(anybodys), surelyOfThem, ofNobodyKnown));
        List<Increment> possible = new ArrayList<>(increments(theirs));
        possible.addAll(increments(anybodys));
        possible.addAll(increments(perhaps));
        possible.addAll(share(
                increments(cancelled),
                Math.min(suspicious, CallerCounts.number(cancelled.stream())),
                CallerCounts.number(cancelled.stream())));
        return new CallersSide(
                new Count(surely, possibly, possibly + gaveUp - suspicious),
                sure,
                possible,
                new Unanswered(byFlag(theirs, anybodys, perhaps), surely, gaveUp),
                Optional.of(tellsWhose ? others : Math.max(0, judged + others + unknown - seen)));
    }

    /** How many more were given up than the usual share of them, and {@value #DEVIATIONS} standard deviations of that. */
    private static long beyondUsual(long gaveUp, long requests, double usual) {
        double mean = usual * requests;
        return Math.min(gaveUp, Math.max(0, (long) Math.ceil(gaveUp - mean - DEVIATIONS * Math.sqrt(mean))));
    }

    /** When the newest failure that surely counts was counted. */
    Optional<Instant> newest() {
        return sure.stream().map(Increment::to).max(Comparator.naturalOrder());
    }

    private static boolean isOrMayBe(Group group, boolean reference) {
        return group.whose() == Whose.JUDGED || !reference && group.whose() == Whose.UNKNOWN;
    }

    private static List<Increment> increments(List<Group> groups) {
        return groups.stream().flatMap(group -> group.increments().stream()).toList();
    }

    /** So many of all, spread over the increments in the order of time; what is not whole goes on to the next one. */
    private static List<Increment> share(List<Increment> increments, long part, long all) {
        if (part == 0) {
            return List.of();
        }
        List<Increment> shared = new ArrayList<>();
        long before = 0;
        long given = 0;
        for (Increment one :
                increments.stream().sorted(Comparator.comparing(Increment::to)).toList()) {
            before += one.failed();
            long due = Math.floorDiv(Math.multiplyExact(before, part), all);
            shared.add(new Increment(one.from(), one.to(), due - given));
            given = due;
        }
        return shared;
    }

    private static Map<String, Long> byFlag(List<Group> theirs, List<Group> anybodys, List<Group> perhaps) {
        Map<String, Long> byFlag = new TreeMap<>();
        Stream.of(theirs, anybodys, perhaps)
                .flatMap(List::stream)
                .filter(group -> group.number() > 0)
                .forEach(group -> byFlag.merge(group.fate().flag(), group.number(), Long::sum));
        return byFlag;
    }
}

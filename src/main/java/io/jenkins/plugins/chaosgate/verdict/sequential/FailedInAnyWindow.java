package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * The largest number of failed requests within any window of a length, known between bounds: a counter tells that some
 * failed between two of its samples, not when.
 *
 * @param certain so many failed within some window for sure: a limit below this is broken
 * @param possible no window can have held more: a limit of this or above is kept
 */
public record FailedInAnyWindow(long certain, long possible) {

    /**
     * What a counter grew by between two of its samples.
     *
     * @param from when the earlier sample was taken, not included
     * @param to when the later one was, included; not before {@code from}
     * @param failed 0 or more
     */
    public record Increment(Instant from, Instant to, long failed) {
        /** @throws IllegalArgumentException if time runs backwards or the number is negative */
        public Increment {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            if (to.isBefore(from) || failed < 0) {
                throw new IllegalArgumentException(
                        "expected an increment of 0 or more over a time that goes forward, but" + " found " + failed
                                + " from " + from + " to " + to);
            }
        }
    }

    /**
     * Over all windows.
     *
     * @param increments in any order; those of several counters may overlap
     * @param length of the window, above 0; its start does not belong to it, its end does
     * @throws IllegalArgumentException if the length is not above 0
     */
    public static FailedInAnyWindow of(List<Increment> increments, Duration length) {
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("expected a window longer than 0, but found " + length);
        }
        List<Increment> failures =
                increments.stream().filter(increment -> increment.failed() > 0).toList();
        return new FailedInAnyWindow(certain(failures, length), possible(failures, length));
    }

    /** The window that surely holds most begins where an increment does. */
    private static long certain(List<Increment> failures, Duration length) {
        List<Increment> byBegin = failures.stream()
                .filter(increment -> !increment.from().plus(length).isBefore(increment.to()))
                .sorted(Comparator.comparing(Increment::from))
                .toList();
        PriorityQueue<Increment> ahead = new PriorityQueue<>(Comparator.comparing(Increment::to));
        ahead.addAll(byBegin);
        long largest = 0;
        long sum = 0;
        for (Increment first : byBegin) {
            Instant end = first.from().plus(length);
            while (!ahead.isEmpty() && !ahead.peek().to().isAfter(end)) {
                sum = Math.addExact(sum, ahead.remove().failed());
            }
            largest = Math.max(largest, sum);
            sum -= first.failed();
        }
        return largest;
    }

    /** The window that touches most begins just before an increment ends. */
    private static long possible(List<Increment> failures, Duration length) {
        List<Increment> byEnd =
                failures.stream().sorted(Comparator.comparing(Increment::to)).toList();
        PriorityQueue<Increment> ahead = new PriorityQueue<>(Comparator.comparing(Increment::from));
        ahead.addAll(byEnd);
        long largest = 0;
        long sum = 0;
        for (Increment first : byEnd) {
            Instant end = first.to().plus(length);
            while (!ahead.isEmpty() && ahead.peek().from().isBefore(end)) {
                sum = Math.addExact(sum, ahead.remove().failed());
            }
            largest = Math.max(largest, sum);
            sum -= first.failed();
        }
        return largest;
    }
}

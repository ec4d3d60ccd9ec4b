package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

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
     * Over all windows, in time linear in the number of increments.
     *
     * @param increments in the order of time, not overlapping
     * @param length of the window, above 0; its start does not belong to it, its end does
     * @throws IllegalArgumentException if increments overlap or are out of order, or the length is not above 0
     */
    public static FailedInAnyWindow of(List<Increment> increments, Duration length) {
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("expected a window longer than 0, but found " + length);
        }
        checkOrder(increments);
        return new FailedInAnyWindow(
                largest(increments, (first, last) -> !first.from().plus(length).isBefore(last.to())),
                largest(increments, (first, last) -> first.to().plus(length).isAfter(last.from())));
    }

    /** Whether one window can hold, or touch, both increments and so all between them. */
    private interface Together {
        boolean fit(Increment first, Increment last);
    }

    private static long largest(List<Increment> increments, Together together) {
        long largest = 0;
        long sum = 0;
        int first = 0;
        for (int last = 0; last < increments.size(); last++) {
            sum = Math.addExact(sum, increments.get(last).failed());
            while (first <= last && !together.fit(increments.get(first), increments.get(last))) {
                sum -= increments.get(first).failed();
                first++;
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    private static void checkOrder(List<Increment> increments) {
        for (int i = 1; i < increments.size(); i++) {
            if (increments.get(i).from().isBefore(increments.get(i - 1).to())) {
                throw new IllegalArgumentException("expected increments one after the other, but found one from "
                        + increments.get(i).from() + " before the end of the last, "
                        + increments.get(i - 1).to());
            }
        }
    }
}

package io.jenkins.plugins.chaosgate.verdict.sequential;

/**
 * Requests counted over some time, and how many of them were bad. Where that is known only between bounds (a latency
 * limit between two bucket edges), violations are judged by the lower bound and early passes by the upper one.
 *
 * @param surelyBad how many were bad at least; 0 or more
 * @param possiblyBad how many were bad at most; from {@code surelyBad} to {@code total}
 * @param total how many there were
 */
public record Count(long surelyBad, long possiblyBad, long total) {

    /** No requests. */
    public static final Count NONE = new Count(0, 0, 0);

    /** @throws IllegalArgumentException for negative numbers, or more bad requests than requests */
    public Count {
        if (surelyBad < 0 || surelyBad > possiblyBad || possiblyBad > total) {
            throw new IllegalArgumentException("expected 0 ≤ surely bad ≤ possibly bad ≤ total, but found " + surelyBad
                    + ", " + possiblyBad + ", " + total);
        }
    }

    /** Where it is known exactly how many were bad. */
    public static Count of(long bad, long total) {
        return new Count(bad, bad, total);
    }

    /** Both together. */
    public Count plus(Count other) {
        return new Count(
                Math.addExact(surelyBad, other.surelyBad),
                Math.addExact(possiblyBad, other.possiblyBad),
                Math.addExact(total, other.total));
    }

    /**
     * What was counted since an earlier count. Where a number fell, since a series was understood in another way than
     * before, it counts as not having grown.
     */
    public Count since(Count before) {
        long all = Math.max(0, total - before.total);
        long most = Math.min(all, Math.max(0, possiblyBad - before.possiblyBad));
        return new Count(Math.min(most, Math.max(0, surelyBad - before.surelyBad)), most, all);
    }

    /** Whether the number of bad requests is known exactly. */
    public boolean isExact() {
        return surelyBad == possiblyBad;
    }

    /** {@code 31 of 392 requests}, {@code 3 to 31 of 392 requests}. */
    public String words() {
        return (isExact() ? "" + surelyBad : surelyBad + " to " + possiblyBad) + " of " + total
                + (total == 1 ? " request" : " requests");
    }
}

package io.jenkins.plugins.chaosgate.simulation;

import java.util.List;

/**
 * What may happen to one request.
 *
 * @param status what the API answers instead of what it should; 0: the answer never comes, or is the right one
 */
record Trouble(Kind kind, int status) {

    /** How a request goes wrong. */
    enum Kind {
        /** It is refused, without an effect. */
        REFUSED,
        /** It has its effect, but what comes back is an error of the server. */
        REFUSED_AFTER,
        /** It never arrives, which shows only when the time is up. */
        TIME_OUT_BEFORE,
        /** It has its effect, but nothing comes back until the time is up. */
        TIME_OUT_AFTER,
        /** Nothing comes back until the time is up, and only then has it its effect. */
        LATE,
        /** It waits in a queue behind the API, long after the client gave it up, and then has its effect. */
        QUEUED,
        /** The connection is cut at once. */
        CUT_BEFORE,
        /** It has its effect, then the connection is cut. */
        CUT_AFTER,
        /** All is well, but it takes long. */
        SLOW,
        /** It has its effect, but what comes back as a success is not from a Kubernetes API. */
        GARBAGE,
        /** It has its effect, but the answer breaks off in the middle. */
        TORN
    }

    static final List<Trouble> ALL = List.of(
            refused(401),
            refused(403),
            refused(404),
            refused(409),
            refused(422),
            refused(429),
            refused(500),
            refused(503),
            new Trouble(Kind.REFUSED_AFTER, 500),
            new Trouble(Kind.REFUSED_AFTER, 504),
            new Trouble(Kind.TIME_OUT_BEFORE, 0),
            new Trouble(Kind.TIME_OUT_AFTER, 0),
            new Trouble(Kind.LATE, 0),
            new Trouble(Kind.QUEUED, 0),
            new Trouble(Kind.CUT_BEFORE, 0),
            new Trouble(Kind.CUT_AFTER, 0),
            new Trouble(Kind.SLOW, 0),
            new Trouble(Kind.GARBAGE, 200),
            new Trouble(Kind.TORN, 200));

    private static Trouble refused(int status) {
        return new Trouble(Kind.REFUSED, status);
    }

    boolean hasEffect() {
        return kind != Kind.REFUSED && kind != Kind.TIME_OUT_BEFORE && !isLate() && kind != Kind.CUT_BEFORE;
    }

    /** It has its effect after the client gave it up. */
    boolean isLate() {
        return kind == Kind.LATE || kind == Kind.QUEUED;
    }

    /** The API says that something is not there that is. */
    boolean isLie() {
        return status == 404;
    }

    @Override
    public String toString() {
        return kind + (status == 0 ? "" : " " + status);
    }
}

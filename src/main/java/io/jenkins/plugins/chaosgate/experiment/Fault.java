package io.jenkins.plugins.chaosgate.experiment;

/** One kind of harm to some requests. */
public sealed interface Fault permits HttpAbort, GrpcAbort, HttpDelay, BandwidthLimit {

    /** Whose requests are hurt, and how many of them. */
    Scope scope();

    /** The word for it in an experiment file: {@code httpAbort}. */
    String kind();

    /** What it does, for people: {@code abort 100 % of calls to ratings with 500}. */
    String describe(String targetNamespace);

    /** Whether those it hurts wait longer for their answers, and so may send fewer requests meanwhile. */
    boolean slowsCallers();
}

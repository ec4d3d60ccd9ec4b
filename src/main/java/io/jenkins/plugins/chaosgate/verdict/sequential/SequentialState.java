package io.jenkins.plugins.chaosgate.verdict.sequential;

/** What one threshold's counts have shown so far. Immutable: each poll's counts give a new state. */
public sealed interface SequentialState permits LimitState, RatioState {

    /** What the counts say now. */
    Decision decision();

    /** What they say if nobody looks again. */
    Conclusion conclusion();

    /**
     * How strong the evidence of a violation is: the natural logarithm of the e-value. It decides when it reaches ln(1/α);
     * 0 is none, below 0 speaks for the canary.
     */
    double logEvidence();

    /** {@code 7.91 % (31 of 392 requests), limit 1 %, certain at 99 %}; one line. */
    String words();
}

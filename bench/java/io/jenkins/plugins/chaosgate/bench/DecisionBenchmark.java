package io.jenkins.plugins.chaosgate.bench;

import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import io.jenkins.plugins.chaosgate.verdict.sequential.LimitState;
import io.jenkins.plugins.chaosgate.verdict.sequential.LimitTest;
import io.jenkins.plugins.chaosgate.verdict.sequential.RatioState;
import java.util.concurrent.TimeUnit;
import org.apache.commons.math3.special.Beta;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one poll of one threshold costs to decide. The base is the formula computed as it is written. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecisionBenchmark {

    private static final double LIMIT = 0.01;

    /** How many requests were counted before. */
    @Param({"1000", "1000000", "1000000000"})
    public long counted;

    private LimitState limit;
    private RatioState ratio;
    private LimitTest test;
    private Count poll;
    private double bad;

    /** A canary so far above its limit that the evidence must be computed, but not so far that it decides. */
    @Setup
    public void prepare() {
        bad = Math.rint(counted * LIMIT + 3.7 * Math.sqrt(counted * LIMIT));
        Count before = Count.of((long) bad, counted);
        poll = Count.of(1, 50);
        limit = LimitState.fresh(LIMIT, Confidence.DEFAULT, Burstiness.NONE).plus(before);
        ratio = RatioState.fresh(1, Confidence.DEFAULT, Burstiness.NONE).plus(before, before);
        test = new LimitTest(LIMIT);
    }

    @Benchmark
    public double formulaAsWritten() {
        double b = 0.1 / LIMIT;
        return Beta.logBeta(0.5 + bad, b + counted - bad)
                + Math.log(1 - Beta.regularizedBeta(LIMIT, 0.5 + bad, b + counted - bad))
                - Beta.logBeta(0.5, b)
                - Math.log(1 - Beta.regularizedBeta(LIMIT, 0.5, b))
                - bad * Math.log(LIMIT)
                - (counted - bad) * Math.log1p(-LIMIT);
    }

    @Benchmark
    public double evidence() {
        return test.logEvidenceAbove(bad, counted);
    }

    @Benchmark
    public Decision limitDecision() {
        return limit.plus(poll).decision();
    }

    @Benchmark
    public Decision ratioDecision() {
        return ratio.plus(poll, poll).decision();
    }
}

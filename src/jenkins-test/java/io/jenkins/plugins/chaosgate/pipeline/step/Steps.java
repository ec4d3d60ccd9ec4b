package io.jenkins.plugins.chaosgate.pipeline.step;

import io.jenkins.plugins.chaosgate.pipeline.fields.BandwidthLimitField;
import io.jenkins.plugins.chaosgate.pipeline.fields.ErrorRateField;
import io.jenkins.plugins.chaosgate.pipeline.fields.FailedRequestsField;
import io.jenkins.plugins.chaosgate.pipeline.fields.GrpcAbortField;
import io.jenkins.plugins.chaosgate.pipeline.fields.HttpAbortField;
import io.jenkins.plugins.chaosgate.pipeline.fields.HttpDelayField;
import io.jenkins.plugins.chaosgate.pipeline.fields.LatencyField;
import io.jenkins.plugins.chaosgate.pipeline.fields.PodsField;
import io.jenkins.plugins.chaosgate.pipeline.fields.PromqlField;
import io.jenkins.plugins.chaosgate.pipeline.fields.ServiceThresholdField;
import io.jenkins.plugins.chaosgate.pipeline.fields.ThroughputField;
import io.jenkins.plugins.chaosgate.pipeline.fields.WebhookField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Steps for tests. */
final class Steps {

    private Steps() {}

    /** A step in which every parameter is set that an experiment with faults can have, in every kind. */
    static <S extends ChaosExperimentStep> S full(S step) {
        step.setCluster("staging");
        step.setName("it's \"all\" <there>");
        step.setNamespace("bookinfo");
        step.setCanary(labels("app", "reviews", "version", "v2"));
        step.setStable(labels("app", "reviews", "version", "v1"));
        step.setMechanism("virtualService");
        step.setOverrideFault(true);
        step.setGuard("none");
        step.setLease("20s");
        step.setWhenBusy("fail");
        step.setBusyLimit("30s");
        step.setWarmup("5s");
        step.setDuration("2m");
        step.setInterval("1s");
        step.setRecovery("20s");
        step.setMissingData("15s");
        step.setEarlyPass(true);
        step.setMinUnderFault("10s");
        step.setAlpha("0.5%");
        step.setBeta("2%");
        step.setOnViolation(Outcome.UNSTABLE);
        step.setOnInconclusive(Outcome.SUCCESS);
        step.setFaults(List.of(abort(), grpcAbort(), delay(), limit()));
        step.setSteadyState(
                List.of(failedRequests(), errorRate(), latency(), throughput(), promql(), webhook(), pods()));
        return step;
    }

    static HttpAbortField abort() {
        HttpAbortField fault = new HttpAbortField();
        fault.setTo("ratings");
        fault.setStatus(503);
        fault.setPercentage("12.5%");
        fault.setFrom(labels("app", "reviews"));
        fault.setPort(9080);
        fault.setHeaders(labels("x-tester", "canary, too", "x-b", "c=d"));
        fault.setMaxActive(50);
        return fault;
    }

    static GrpcAbortField grpcAbort() {
        GrpcAbortField fault = new GrpcAbortField();
        fault.setTo("details");
        fault.setStatus("UNAVAILABLE");
        return fault;
    }

    static HttpDelayField delay() {
        HttpDelayField fault = new HttpDelayField();
        fault.setTo("details");
        fault.setDelay("2s");
        fault.setPercentage(50);
        return fault;
    }

    static BandwidthLimitField limit() {
        BandwidthLimitField fault = new BandwidthLimitField();
        fault.setTo("details");
        fault.setLimit("64KiB/s");
        return fault;
    }

    static FailedRequestsField failedRequests() {
        FailedRequestsField threshold = new FailedRequestsField();
        threshold.setOf("reviews");
        threshold.setMax(10);
        threshold.setPer("1m");
        threshold.setAllowedBreaches(2);
        threshold.setDecide("everySample");
        threshold.setFor("5s");
        threshold.setName("what users see");
        return threshold;
    }

    static ErrorRateField errorRate() {
        ErrorRateField threshold = new ErrorRateField();
        compared(threshold);
        threshold.setMax("1%");
        threshold.setMin("0%");
        threshold.setWindow("30s");
        return threshold;
    }

    static LatencyField latency() {
        LatencyField threshold = new LatencyField();
        compared(threshold);
        threshold.setBurstiness("2.5");
        threshold.setQuantile("99.9");
        threshold.setMax("500ms");
        return threshold;
    }

    static ThroughputField throughput() {
        ThroughputField threshold = new ThroughputField();
        threshold.setOf("reviews");
        threshold.setArm("all");
        threshold.setMin("5/s");
        threshold.setMinRequests(20);
        return threshold;
    }

    static PromqlField promql() {
        PromqlField threshold = new PromqlField();
        threshold.setName("queue depth");
        threshold.setQuery("sum(queue_depth{app=\"reviews\"})\n  or vector(0)");
        threshold.setMax(100);
        threshold.setMin(0);
        return threshold;
    }

    static WebhookField webhook() {
        WebhookField threshold = new WebhookField();
        threshold.setName("checkout works");
        threshold.setUrl("http://checks/checkout?a=b&c=d");
        return threshold;
    }

    static PodsField pods() {
        PodsField pods = new PodsField();
        pods.setMaxRestarts(1);
        pods.setMinReady("50%");
        return pods;
    }

    static Map<String, String> labels(String... namesAndValues) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            labels.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return labels;
    }

    private static void compared(ServiceThresholdField threshold) {
        threshold.setOf("reviews");
        threshold.setArm("canary");
        threshold.setCompareTo("stable");
        threshold.setMaxRatio("1.5");
    }
}

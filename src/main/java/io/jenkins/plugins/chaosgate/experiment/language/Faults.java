package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.BandwidthLimit;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import java.util.List;

/** The kinds of faults. */
final class Faults {

    static final OneOfType<Fault> ANY = new OneOfType<>(
            "fault",
            Fault::kind,
            List.of(
                    new FaultType<>(
                            "httpAbort",
                            "Requests are answered by the proxy with an HTTP status, and never reach the service.",
                            HttpAbort.class,
                            Field.required(
                                    "status",
                                    new WholeNumberType("httpStatus", "an HTTP status", 200, 599),
                                    "The HTTP status of the answer.",
                                    HttpAbort::status),
                            HttpAbort::new),
                    new FaultType<>(
                            "grpcAbort",
                            "gRPC calls are answered by the proxy with a gRPC status, and never reach the service.",
                            GrpcAbort.class,
                            Field.required(
                                    "status",
                                    new GrpcStatusType(),
                                    "The gRPC status of the answer, by name or number.",
                                    GrpcAbort::status),
                            GrpcAbort::new),
                    new FaultType<>(
                            "httpDelay",
                            "Requests are held back by the proxy before they go on.",
                            HttpDelay.class,
                            Field.required(
                                    "delay",
                                    DurationType.any(),
                                    "How long each request is held back.",
                                    HttpDelay::delay),
                            HttpDelay::new),
                    new FaultType<>(
                            "bandwidthLimit",
                            "Responses trickle: the proxy passes on no more than so many bytes a second of each.",
                            BandwidthLimit.class,
                            Field.required(
                                    "limit",
                                    new BandwidthType(),
                                    "The limit for each response.",
                                    BandwidthLimit::kibibytesPerSecond),
                            BandwidthLimit::new)));

    private Faults() {}
}

package io.jenkins.plugins.chaosgate.experiment;

import java.util.List;

/**
 * gRPC calls are answered by the proxy with a gRPC status, and never reach the service.
 *
 * @param status the gRPC status code, 1 to 16
 */
public record GrpcAbort(Scope scope, int status) implements Fault {

    /** What gRPC calls its statuses other than OK, in the order of their codes, from 1. */
    public static final List<String> STATUS_NAMES = List.of(
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    /** The name of its status: {@code UNAVAILABLE}. */
    public String statusName() {
        return STATUS_NAMES.get(status - 1);
    }

    @Override
    public String kind() {
        return "grpcAbort";
    }

    @Override
    public String describe(String targetNamespace) {
        return "abort " + scope.describe(targetNamespace) + " with gRPC status " + status;
    }

    @Override
    public boolean slowsCallers() {
        return false;
    }
}

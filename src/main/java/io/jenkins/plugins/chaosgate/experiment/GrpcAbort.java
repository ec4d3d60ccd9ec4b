package io.jenkins.plugins.chaosgate.experiment;

/**
 * gRPC calls are answered by the proxy with a gRPC status, and never reach the service.
 *
 * @param status the gRPC status code, 1 to 16
 */
public record GrpcAbort(Scope scope, int status) implements Fault {

    @Override
    public String kind() {
        return "grpcAbort";
    }

    @Override
    public String describe(String targetNamespace) {
        return "abort " + scope.describe(targetNamespace) + " with gRPC status " + status;
    }
}

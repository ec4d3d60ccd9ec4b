package io.jenkins.plugins.chaosgate.experiment;

/**
 * Requests are answered by the proxy with an HTTP status, and never reach the service.
 *
 * @param status the HTTP status, 200 to 599 (Envoy rejects any other)
 */
public record HttpAbort(Scope scope, int status) implements Fault {

    @Override
    public String kind() {
        return "httpAbort";
    }

    @Override
    public String describe(String targetNamespace) {
        return "abort " + scope.describe(targetNamespace) + " with " + status;
    }

    @Override
    public boolean slowsCallers() {
        return false;
    }
}

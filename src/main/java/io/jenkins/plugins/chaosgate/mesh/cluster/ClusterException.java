package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;

/**
 * A request that the Kubernetes API refused, or that never got an answer. The message says what was asked, what came
 * back and what to do; it carries nothing of the request's headers or body.
 */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_ANSWER = 500;
    /** What stands between says so; the cluster itself may know of the request. */
    private static final int REQUEST_TIMEOUT = 408;

    private final int status;

    private ClusterException(String message, int status, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** Says what became of an attempt, {@code "create EnvoyFilter bookinfo/chaos-gate-7f3a"}. */
    static ClusterException of(String attempt, KubernetesClientException failure) {
        int status = Math.max(0, failure.getCode());
        String answer = answer(failure);
        return new ClusterException(
                "could not " + attempt + ": "
                        + (status == 0
                                ? "no answer from the cluster (" + answer + ")"
                                : "HTTP " + status + " " + answer)
                        + "; "
                        + (deepest(failure) instanceof AnswerLimit.AnswerTooLargeException
                                ? "check that the address is that of a Kubernetes API"
                                : advice(status)),
                status,
                failure);
    }

    /** Something that the cluster shows is not as it has to be. */
    public static ClusterException unexpected(String message) {
        return new ClusterException(message, 0, null);
    }

    /** The HTTP status; 0 where there was no answer. */
    public int status() {
        return status;
    }

    /** Whether the request may have been carried out although nothing said so. */
    public boolean outcomeUnknown() {
        return getCause() != null && (status == 0 || status == REQUEST_TIMEOUT || status >= 500);
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static String answer(KubernetesClientException failure) {
        String said = failure.getStatus() == null ? null : failure.getStatus().getMessage();
        if (isRedirect(failure.getCode())) {
            // What stands in such an answer is of no use, and whoever sends it is not the API.
            return "a redirect to another address, which is not followed";
        }
        if (said == null) {
            Throwable deepest = deepest(failure);
            said = deepest.getClass().getSimpleName() + ": " + Objects.toString(deepest.getMessage(), "no message");
        }
        String oneLine = said.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return oneLine.length() <= LONGEST_ANSWER ? oneLine : oneLine.substring(0, LONGEST_ANSWER) + "…";
    }

    private static boolean isRedirect(int status) {
        return status >= 300 && status < 400;
    }

    private static String advice(int status) {
        if (isRedirect(status)) {
            return "give the address of the API server itself, not of something before it";
        }
        return switch (status) {
            case 0 -> "check the cluster's address, the network and its certificate";
            case 401 -> "the cluster does not accept these credentials: get new ones";
            case 403 -> "grant this permission to the account (docs/istio.md lists all that are needed)";
            case 404 -> "check that the namespace exists and that the mesh is installed";
            case 409 -> "the object is not as it was when it was read: try again";
            case 422 -> "the cluster finds the object invalid: its answer says why";
            case 429 -> "the cluster asks for fewer requests: try again later";
            default -> status >= 500 ? "the cluster has a problem: try again" : "its answer says why";
        };
    }
}

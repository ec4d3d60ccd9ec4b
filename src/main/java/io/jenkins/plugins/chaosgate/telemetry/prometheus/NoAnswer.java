package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import io.jenkins.plugins.chaosgate.gate.port.Reading;
import io.jenkins.plugins.chaosgate.gate.port.Reading.NoData;
import io.jenkins.plugins.chaosgate.gate.port.Reading.Why;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/** There is no number, and this is why. Its message is one line and free of secrets. */
public final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Why why;

    public NoAnswer(Why why, String detail) {
        super(detail);
        this.why = Objects.requireNonNull(why, "why");
    }

    public NoAnswer(Why why, String detail, Throwable cause) {
        super(detail, cause);
        this.why = Objects.requireNonNull(why, "why");
    }

    public Why why() {
        return why;
    }

    public NoData noData() {
        return new NoData(why, getMessage());
    }

    /** The reading that a failed stage stands for; a failure of another kind is a defect, and named as one. */
    public static Reading reading(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof NoAnswer known
                ? known.noData()
                : new NoData(Why.GARBAGE, "could not be worked out: " + Quote.of(String.valueOf(cause)));
    }

    /** What lies under the wrapping of stages. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}

package io.jenkins.plugins.chaosgate.gate.port;

import java.util.List;
import java.util.Objects;

/**
 * One change in the cluster, with all that another process needs to take it out again or, where it is the canary's, to go on
 * with it.
 *
 * @param gate the id of the gate whose change it is; what carries another id is not touched
 * @param object the object that is made or edited
 * @param edits whether the object is the user's and only edited; false means it is ours and rollback deletes it
 * @param body what is made or put in, as JSON
 * @param faults which faults of the experiment it carries, by index
 * @param purpose what it is for, and so whether it is taken out in the end
 */
public record Change(String gate, ObjectRef object, boolean edits, String body, List<Integer> faults, Purpose purpose) {

    /** What a change is for. */
    public enum Purpose {
        /** It puts faults in, or stands behind them: it is taken out again, whatever happens. */
        FAULT,
        /** It rolls the canary back: it stays, and nobody but a person takes it back. */
        CANARY
    }

    public Change {
        Objects.requireNonNull(gate, "gate");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(purpose, "purpose");
        faults = List.copyOf(faults);
    }

    /** A change that puts faults in, or stands behind them. */
    public Change(String gate, ObjectRef object, boolean edits, String body, List<Integer> faults) {
        this(gate, object, edits, body, faults, Purpose.FAULT);
    }

    /** Whether it rolls the canary back, and so is never to be taken out. */
    public boolean rollsCanaryBack() {
        return purpose == Purpose.CANARY;
    }
}

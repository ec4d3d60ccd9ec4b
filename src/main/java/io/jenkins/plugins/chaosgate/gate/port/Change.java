package io.jenkins.plugins.chaosgate.gate.port;

import java.util.List;
import java.util.Objects;

/**
 * One change in the cluster that puts faults in, with all that is needed to take them out again, also by another
 * process.
 *
 * @param gate the id of the gate whose change it is; what carries another id is not touched
 * @param object the object that is made or edited
 * @param edits whether the object is the user's and only edited; false means it is ours and rollback deletes it
 * @param body what is made or put in, as JSON
 * @param faults which faults of the experiment it carries, by index
 */
public record Change(String gate, ObjectRef object, boolean edits, String body, List<Integer> faults) {

    public Change {
        Objects.requireNonNull(gate, "gate");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(body, "body");
        faults = List.copyOf(faults);
    }
}

package io.jenkins.plugins.chaosgate.mesh.canary;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStanding;
import io.jenkins.plugins.chaosgate.gate.port.CanaryStep;
import java.util.List;

/** One way to roll a canary back. */
interface CanaryWay {

    /** The steps for this canary; what speaks against them is noted. Blocks while the cluster is asked. */
    List<CanaryStep> plan(Experiment experiment, String gate, Notes notes);

    /** How far a step is, by its object as it is now, which has the uid of the order. Pure. */
    CanaryStanding standing(ObjectNode object, Order order);

    /** The operations of a JSON patch that do it to an object which is as preflight saw it. May ask the cluster. */
    ArrayNode operations(ObjectNode object, Order order);

    /** The part of the object that is patched; empty for the object itself. */
    default String part() {
        return "";
    }

    /** The standing of an object that is neither as it was nor as it is to be. */
    static CanaryStanding foreign(String why) {
        return new CanaryStanding(CanaryStanding.State.FOREIGN, why);
    }

    /** The standing of an object that is still as preflight saw it. */
    static CanaryStanding open() {
        return new CanaryStanding(CanaryStanding.State.OPEN, "");
    }

    /** The standing of an object that says what it is to say. */
    static CanaryStanding back(boolean isDone, String words) {
        return new CanaryStanding(isDone ? CanaryStanding.State.DONE : CanaryStanding.State.ASKED, words);
    }
}

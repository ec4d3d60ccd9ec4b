package io.jenkins.plugins.chaosgate.gate.memory;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;

/** The name of each kind of event in a log. A closed list: nothing else can be made from a file. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @Type(name = "phaseStarted", value = GateEvent.PhaseStarted.class),
    @Type(name = "phaseEnded", value = GateEvent.PhaseEnded.class),
    @Type(name = "prepared", value = GateEvent.Prepared.class),
    @Type(name = "observed", value = GateEvent.Observed.class),
    @Type(name = "guardIn", value = GateEvent.GuardIn.class),
    @Type(name = "faultIn", value = GateEvent.FaultIn.class),
    @Type(name = "proven", value = GateEvent.Proven.class),
    @Type(name = "countingBegan", value = GateEvent.CountingBegan.class),
    @Type(name = "othersSeen", value = GateEvent.OthersSeen.class),
    @Type(name = "podsSeen", value = GateEvent.PodsSeen.class),
    @Type(name = "decided", value = GateEvent.Decided.class),
    @Type(name = "faultOut", value = GateEvent.FaultOut.class),
    @Type(name = "stillIn", value = GateEvent.StillIn.class),
    @Type(name = "canaryRolledBack", value = GateEvent.CanaryRolledBack.class),
    @Type(name = "canaryLeft", value = GateEvent.CanaryLeft.class),
    @Type(name = "quiet", value = GateEvent.Quiet.class),
    @Type(name = "recovered", value = GateEvent.Recovered.class),
    @Type(name = "warned", value = GateEvent.Warned.class),
    @Type(name = "finished", value = GateEvent.Finished.class)
})
interface EventMixIn {}

package io.jenkins.plugins.chaosgate.pipeline.step;

import io.jenkins.plugins.chaosgate.pipeline.fields.ConditionField;
import io.jenkins.plugins.chaosgate.pipeline.fields.FaultField;
import io.jenkins.plugins.chaosgate.pipeline.fields.Pairs;
import io.jenkins.plugins.chaosgate.pipeline.fields.Written;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The parameters of a step that are the fields of the experiment language, flat and as they were written; each may be a
 * number or a text, and labels a map or a text. All are null where they were left out.
 */
public abstract class ExperimentStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Written written = new Written();
    private ArrayList<FaultField> faults;
    private ArrayList<ConditionField> steadyState;

    /** The fields that were written, as the language reads them; a new map. */
    final Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(written.asMap());
        if (faults != null) {
            fields.put("faults", items(faults, FaultField::asItem));
        }
        if (steadyState != null) {
            fields.put("steadyState", items(steadyState, ConditionField::asItem));
        }
        return fields;
    }

    /** A script may hold nothing where an item is due, which is for the language to refuse. */
    private static <T> List<Map<String, Object>> items(List<T> list, Function<T, Map<String, Object>> asItem) {
        return list.stream()
                .map(item -> item == null ? null : asItem.apply(item))
                .toList();
    }

    /** What people call the experiment; made up from its faults where it is left out. */
    public Object getName() {
        return written.get("name");
    }

    @DataBoundSetter
    public void setName(Object name) {
        written.set("name", name);
    }

    /** The Kubernetes namespace of the canary. */
    public Object getNamespace() {
        return written.get("namespace");
    }

    @DataBoundSetter
    public void setNamespace(Object namespace) {
        written.set("namespace", namespace);
    }

    /** The labels that select the canary's pods. */
    public Object getCanary() {
        return written.get("canary");
    }

    @DataBoundSetter
    public void setCanary(Object canary) {
        written.set("canary", canary, Pairs.SELECTOR);
    }

    /** The labels that select the stable version's pods. */
    public Object getStable() {
        return written.get("stable");
    }

    @DataBoundSetter
    public void setStable(Object stable) {
        written.set("stable", stable, Pairs.SELECTOR);
    }

    /** What is hurt; null also where a script gave nothing, which is left out then. */
    public List<FaultField> getFaults() {
        return faults == null ? null : Collections.unmodifiableList(faults);
    }

    @DataBoundSetter
    public void setFaults(List<FaultField> faults) {
        this.faults = faults == null ? null : new ArrayList<>(faults);
    }

    /** Whether the gate only watches, and nothing is hurt. */
    public Object getControlRun() {
        return written.get("controlRun");
    }

    @DataBoundSetter
    public void setControlRun(Object controlRun) {
        written.set("controlRun", controlRun);
    }

    /** What must hold. */
    public List<ConditionField> getSteadyState() {
        return steadyState == null ? null : Collections.unmodifiableList(steadyState);
    }

    @DataBoundSetter
    public void setSteadyState(List<ConditionField> steadyState) {
        this.steadyState = steadyState == null ? null : new ArrayList<>(steadyState);
    }

    /** How faults get into the mesh. */
    public Object getMechanism() {
        return written.get("mechanism");
    }

    @DataBoundSetter
    public void setMechanism(Object mechanism) {
        written.set("mechanism", mechanism);
    }

    /** Whether a fault that the user already has on a route may be replaced. */
    public Object getOverrideFault() {
        return written.get("overrideFault");
    }

    @DataBoundSetter
    public void setOverrideFault(Object overrideFault) {
        written.set("overrideFault", overrideFault);
    }

    /** What takes the faults out if the gate dies. */
    public Object getGuard() {
        return written.get("guard");
    }

    @DataBoundSetter
    public void setGuard(Object guard) {
        written.set("guard", guard);
    }

    /** How long the faults may stay in after the gate was last heard of. */
    public Object getLease() {
        return written.get("lease");
    }

    @DataBoundSetter
    public void setLease(Object lease) {
        written.set("lease", lease);
    }

    /** What the gate does while another one holds the target. */
    public Object getWhenBusy() {
        return written.get("whenBusy");
    }

    @DataBoundSetter
    public void setWhenBusy(Object whenBusy) {
        written.set("whenBusy", whenBusy);
    }

    /** How long the gate waits at most while another one holds the target. */
    public Object getBusyLimit() {
        return written.get("busyLimit");
    }

    @DataBoundSetter
    public void setBusyLimit(Object busyLimit) {
        written.set("busyLimit", busyLimit);
    }

    /** What becomes of the canary itself once the fault is out. */
    public Object getCanaryRollback() {
        return written.get("canaryRollback");
    }

    @DataBoundSetter
    public void setCanaryRollback(Object canaryRollback) {
        written.set("canaryRollback", canaryRollback);
    }

    /** After which verdicts the canary is rolled back. */
    public Object getCanaryRollbackOn() {
        return written.get("canaryRollbackOn");
    }

    @DataBoundSetter
    public void setCanaryRollbackOn(Object canaryRollbackOn) {
        written.set("canaryRollbackOn", canaryRollbackOn);
    }

    /** How long the steady state is watched before the fault goes in. */
    public Object getWarmup() {
        return written.get("warmup");
    }

    @DataBoundSetter
    public void setWarmup(Object warmup) {
        written.set("warmup", warmup);
    }

    /** How long the steady state is watched under the fault. */
    public Object getDuration() {
        return written.get("duration");
    }

    @DataBoundSetter
    public void setDuration(Object duration) {
        written.set("duration", duration);
    }

    /** The time between two observations. */
    public Object getInterval() {
        return written.get("interval");
    }

    @DataBoundSetter
    public void setInterval(Object interval) {
        written.set("interval", interval);
    }

    /** How long the steady state may take to come back. */
    public Object getRecovery() {
        return written.get("recovery");
    }

    @DataBoundSetter
    public void setRecovery(Object recovery) {
        written.set("recovery", recovery);
    }

    /** How long a threshold may go without an observation. */
    public Object getMissingData() {
        return written.get("missingData");
    }

    @DataBoundSetter
    public void setMissingData(Object missingData) {
        written.set("missingData", missingData);
    }

    /** Whether the gate may pass before the duration is over. */
    public Object getEarlyPass() {
        return written.get("earlyPass");
    }

    @DataBoundSetter
    public void setEarlyPass(Object earlyPass) {
        written.set("earlyPass", earlyPass);
    }

    /** How long the steady state is watched under the fault at least. */
    public Object getMinUnderFault() {
        return written.get("minUnderFault");
    }

    @DataBoundSetter
    public void setMinUnderFault(Object minUnderFault) {
        written.set("minUnderFault", minUnderFault);
    }

    /** How often a canary that keeps a limit may be called violated at the most. */
    public Object getAlpha() {
        return written.get("alpha");
    }

    @DataBoundSetter
    public void setAlpha(Object alpha) {
        written.set("alpha", alpha);
    }

    /** How often one that does not keep a limit may pass early at the most. */
    public Object getBeta() {
        return written.get("beta");
    }

    @DataBoundSetter
    public void setBeta(Object beta) {
        written.set("beta", beta);
    }
}

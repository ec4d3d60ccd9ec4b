package io.jenkins.plugins.chaosgate.pipeline.fields;

import org.kohsuke.stapler.DataBoundSetter;

/** A threshold of the steady state as a pipeline or a form has it: the fields that every kind of it has. */
public abstract class ThresholdField extends ConditionField {

    private static final long serialVersionUID = 1L;

    /** What people call it. */
    public Object getName() {
        return written().get("name");
    }

    @DataBoundSetter
    public void setName(Object name) {
        written().set("name", name);
    }

    /** How many observations may break the limits. */
    public Object getAllowedBreaches() {
        return written().get("allowedBreaches");
    }

    @DataBoundSetter
    public void setAllowedBreaches(Object allowedBreaches) {
        written().set("allowedBreaches", allowedBreaches);
    }

    /** Whether all requests decide, or every sample for itself. */
    public Object getDecide() {
        return written().get("decide");
    }

    @DataBoundSetter
    public void setDecide(Object decide) {
        written().set("decide", decide);
    }

    /** How long observations must break the limits, one after the other. */
    public Object getFor() {
        return written().get("for");
    }

    @DataBoundSetter
    public void setFor(Object time) {
        written().set("for", time);
    }
}

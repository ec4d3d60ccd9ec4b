package io.jenkins.plugins.chaosgate.pipeline.fields;

import org.kohsuke.stapler.DataBoundSetter;

/** A threshold that has limits to set. */
public abstract class LimitedThresholdField extends ThresholdField {

    private static final long serialVersionUID = 1L;

    /** The largest value that is fine. */
    public Object getMax() {
        return written().get("max");
    }

    @DataBoundSetter
    public void setMax(Object max) {
        written().set("max", max);
    }

    /** The smallest value that is fine. */
    public Object getMin() {
        return written().get("min");
    }

    @DataBoundSetter
    public void setMin(Object min) {
        written().set("min", min);
    }
}

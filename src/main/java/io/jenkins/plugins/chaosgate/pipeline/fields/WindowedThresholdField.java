package io.jenkins.plugins.chaosgate.pipeline.fields;

import org.kohsuke.stapler.DataBoundSetter;

/** A threshold on what a service answered within a window of time. */
public abstract class WindowedThresholdField extends ServiceThresholdField {

    private static final long serialVersionUID = 1L;

    /** How far an observation looks back. */
    public Object getWindow() {
        return written().get("window");
    }

    @DataBoundSetter
    public void setWindow(Object window) {
        written().set("window", window);
    }
}

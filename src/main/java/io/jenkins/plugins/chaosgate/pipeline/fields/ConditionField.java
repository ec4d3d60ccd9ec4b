package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.model.Describable;
import java.io.Serializable;
import java.util.Map;

/** An item of the steady state as a pipeline or a form has it: a threshold, or what must hold of the canary's pods. */
public abstract class ConditionField implements Describable<ConditionField>, Serializable {

    private static final long serialVersionUID = 1L;

    private final Written written = new Written();

    /** The word for its kind in the experiment language. */
    abstract String kind();

    final Written written() {
        return written;
    }

    /** As an item of {@code steadyState} in an experiment that is written flat; a new map. */
    public final Map<String, Object> asItem() {
        return Map.of(kind(), written.asMap());
    }
}

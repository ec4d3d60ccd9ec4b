package org.jenkinsci.plugins.structs.describable;

import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Collection;
import java.util.Map;

/** The parameters of a class, by which a script makes an object of it. */
public final class DescribableModel<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The name of an argument that says which class is meant. */
    public static final String CLAZZ = "$class";

    private DescribableModel() {}

    public static <T> DescribableModel<T> of(Class<T> type) {
        return null;
    }

    public Collection<DescribableParameter> getParameters() {
        return null;
    }

    public T instantiate(Map<String, ?> arguments, TaskListener listener) throws IllegalArgumentException {
        return null;
    }
}

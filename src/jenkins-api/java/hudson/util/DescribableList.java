package hudson.util;

import hudson.model.Describable;
import hudson.model.Descriptor;

/** Describables, one of each kind. */
public class DescribableList<T extends Describable<T>, D extends Descriptor<T>> {

    protected DescribableList() {}

    public <U extends T> U get(Class<U> type) {
        return null;
    }
}

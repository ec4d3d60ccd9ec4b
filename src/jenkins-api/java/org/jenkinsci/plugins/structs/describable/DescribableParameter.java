package org.jenkinsci.plugins.structs.describable;

/** One parameter of a class. */
public final class DescribableParameter {

    private DescribableParameter() {}

    public String getName() {
        return null;
    }
}

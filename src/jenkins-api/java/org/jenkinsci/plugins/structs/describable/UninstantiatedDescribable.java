package org.jenkinsci.plugins.structs.describable;

import java.io.Serializable;
import java.util.Map;

/** What a script writes in place of an object. */
public class UninstantiatedDescribable implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The name of an argument that has none. */
    public static final String ANONYMOUS_KEY = "<anonymous>";

    public UninstantiatedDescribable(Map<String, ?> arguments) {}
}

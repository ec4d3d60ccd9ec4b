package org.jenkinsci.plugins.structs.describable;

import java.util.Map;

/** What a descriptor makes of the arguments that a script gives. */
public interface CustomDescribableModel {

    default Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        return arguments;
    }
}

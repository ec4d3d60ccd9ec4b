package org.kohsuke.stapler;

import java.util.List;

/** A request of a browser. */
public interface StaplerRequest2 {

    <T> List<T> bindJSONToList(Class<T> type, Object json);
}

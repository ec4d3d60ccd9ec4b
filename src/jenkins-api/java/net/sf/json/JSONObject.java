package net.sf.json;

import java.util.Set;

/** A form, as a browser sends it. */
public final class JSONObject {

    public JSONObject() {}

    public Object get(String name) {
        return null;
    }

    public Object remove(String name) {
        return null;
    }

    public Set<String> keySet() {
        return null;
    }

    public boolean optBoolean(String name) {
        return false;
    }
}

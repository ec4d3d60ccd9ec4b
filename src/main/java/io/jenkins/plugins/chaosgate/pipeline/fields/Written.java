package io.jenkins.plugins.chaosgate.pipeline.fields;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The fields of a map of the experiment language as somebody wrote them, in a script or a form: numbers, texts, maps.
 * Nothing is judged here: that is the language's own part.
 */
public final class Written implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What a form gives for a number, and Groovy would write without quotes. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final LinkedHashMap<String, Object> values = new LinkedHashMap<>();

    /** The value of a field; null where it was left out. */
    public Object get(String field) {
        return values.get(field);
    }

    /** Writes a field down; null leaves it out. A text that is a whole number means the same as that number. */
    public void set(String field, Object value) {
        Object plain = value instanceof CharSequence ? value.toString() : value;
        if (plain == null) {
            values.remove(field);
        } else if (plain instanceof String text && WHOLE_NUMBER.matcher(text).matches()) {
            values.put(field, Integer.valueOf(text));
        } else {
            values.put(field, plain);
        }
    }

    /** Writes down a field that holds names and values: a map, or the text that a form has for it. */
    public void set(String field, Object value, Pairs form) {
        set(field, form.read(value));
    }

    /** All fields that were written, in that order; unmodifiable. */
    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(values);
    }
}

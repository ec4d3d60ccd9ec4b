package io.jenkins.plugins.chaosgate.pipeline.fields;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How a map of names and values is written in one text field of a form. */
public enum Pairs {
    /** As Kubernetes writes a selector: {@code app=reviews,version=v2}. */
    SELECTOR(","),
    /** One on each line: {@code x-tester=canary}; the values may hold commas. */
    LINES("\n");

    private final String between;

    Pairs(String between) {
        this.between = between;
    }

    /** The map that a text stands for; anything else, and a text that stands for none, is given back as it is. */
    public Object read(Object value) {
        if (!(value instanceof CharSequence)) {
            return value;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (String pair : value.toString().split(between)) {
            int equals = pair.indexOf('=');
            boolean again = equals > 0
                    && map.put(
                                    pair.substring(0, equals).strip(),
                                    pair.substring(equals + 1).strip())
                            != null;
            if (again || equals <= 0 && !pair.isBlank()) {
                return value;
            }
        }
        return map.isEmpty() ? value : map;
    }

    /** The text for a map; anything else is given back as it is, null included. */
    public Object write(Object value) {
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining(between))
                : value;
    }
}

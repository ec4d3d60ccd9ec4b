package io.jenkins.plugins.chaosgate.testbed.process;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with places such as {@code @ADDRESS@} that are filled in. */
public final class Template {

    private static final Pattern PLACE = Pattern.compile("@([A-Z][A-Z_]*)@");

    private Template() {}

    /**
     * The text with every place filled.
     *
     * @throws IllegalArgumentException when a place has no value
     */
    public static String fill(String text, Map<String, ?> values) {
        return PLACE.matcher(text).replaceAll(place -> {
            Object value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException(
                        "no value for %s, only for %s".formatted(place.group(), values.keySet()));
            }
            return Matcher.quoteReplacement(value.toString());
        });
    }
}

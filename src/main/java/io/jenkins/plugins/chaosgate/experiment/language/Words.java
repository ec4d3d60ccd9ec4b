package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.Collection;
import java.util.regex.Pattern;

/** How words from outside are shown inside an error: quoted, on one line, short, without control characters. */
final class Words {

    private static final int MOST = 80;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private Words() {}

    /** In single quotes; whatever could disturb a terminal is escaped, whatever is too long is cut. */
    static String quote(String text) {
        return "'" + clean(text, MOST) + "'";
    }

    /** The same without the quotes, for the name of a file; cut at its end. */
    static String unquoted(String text) {
        return clean(text, 400);
    }

    /** The path of a field within another; a name that is no plain word is put in brackets. */
    static String child(String path, String name) {
        if (!PLAIN.matcher(name).matches()) {
            return path + "[" + quote(name) + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Words in a row, as people write them: {@code a, b, c}; cut when there are too many. */
    static String list(Collection<String> words) {
        return clean(String.join(", ", words), 400);
    }

    /** The path of an item of a list, counted from 0. */
    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** Whether a character may stand in a line for people: no control, no direction override, no half character. */
    static boolean isShowable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            // Two of the invisible format characters are part of ordinary words (Persian, Hindi, emoji).
            case Character.FORMAT -> character == 0x200C || character == 0x200D;
            default -> true;
        };
    }

    private static String clean(String text, int most) {
        StringBuilder clean = new StringBuilder();
        int at = 0;
        while (at < text.length() && clean.length() < most) {
            int character = text.codePointAt(at);
            if (isShowable(character)) {
                clean.appendCodePoint(character);
            } else {
                clean.append(String.format("\\u%04x", character));
            }
            at += Character.charCount(character);
        }
        return at < text.length() ? clean + "…" : clean.toString();
    }
}

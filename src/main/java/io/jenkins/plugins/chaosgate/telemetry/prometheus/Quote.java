package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes text from outside fit for one line of a message. */
public final class Quote {
    private static final int LONGEST = 160;

    private Quote() {}

    /** In quotation marks, control and other invisible characters escaped, cut after 160 characters. */
    public static String of(String text) {
        return "\"" + line(text, LONGEST) + "\"";
    }

    /** The beginning of some bytes, read as UTF-8, in the same way. */
    public static String of(byte[] bytes) {
        byte[] head = bytes.length > 4 * LONGEST ? Arrays.copyOf(bytes, 4 * LONGEST) : bytes;
        return of(new String(head, StandardCharsets.UTF_8));
    }

    /** Without quotation marks; cut after so many characters, which three dots then show. */
    public static String line(String text, int longest) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(longest).forEach(character -> {
            if (isPlain(character)) {
                line.appendCodePoint(character);
            } else {
                line.append(String.format("\\u%04x", character));
            }
        });
        return text.codePointCount(0, text.length()) > longest
                ? line.append("...").toString()
                : line.toString();
    }

    /** Neither line breaks nor characters that turn the direction of writing or hide. */
    private static boolean isPlain(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}

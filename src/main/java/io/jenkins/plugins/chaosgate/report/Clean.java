package io.jenkins.plugins.chaosgate.report;

/**
 * Makes text from outside fit to be shown. What people name their services, and what a server answers, is never to be
 * trusted: it could move a terminal's cursor, reverse the direction of a line, or be markup.
 */
public final class Clean {

    /** Longer texts are cut: one line of a report is for reading. */
    static final int MAX_LINE = 2_000;

    private static final char REPLACEMENT = '\uFFFD';

    private Clean() {}

    /**
     * The text on one line: line breaks and tabs are spaces, all other control and direction characters are
     * replaced by U+FFFD, and what is longer than 2,000 characters is cut.
     */
    public static String line(String text) {
        String head = text.length() > MAX_LINE ? head(text) + "…" : text;
        StringBuilder clean = new StringBuilder(head.length());
        head.codePoints().forEach(point -> {
            if (point == '\n' || point == '\r' || point == '\t') {
                clean.append(' ');
            } else {
                clean.appendCodePoint(isHarmful(point) ? REPLACEMENT : point);
            }
        });
        return clean.toString();
    }

    /**
     * The text for XML and HTML, in content and in quoted attributes: markup is escaped, line breaks and tabs stay, what
     * XML forbids and other control characters are replaced by U+FFFD.
     */
    public static String markup(String text) {
        StringBuilder clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> clean.append("&amp;");
                case '<' -> clean.append("&lt;");
                case '>' -> clean.append("&gt;");
                case '"' -> clean.append("&quot;");
                case '\'' -> clean.append("&#39;");
                case '\n', '\t' -> clean.appendCodePoint(point);
                default -> clean.appendCodePoint(isHarmful(point) ? REPLACEMENT : point);
            }
        });
        return clean.toString();
    }

    private static String head(String text) {
        int end = Character.isHighSurrogate(text.charAt(MAX_LINE - 1)) ? MAX_LINE - 1 : MAX_LINE;
        return text.substring(0, end);
    }

    private static boolean isHarmful(int point) {
        boolean direction = point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || point >= 0x202A && point <= 0x202E
                || point >= 0x2066 && point <= 0x2069;
        boolean lineBreak = point == 0x2028 || point == 0x2029;
        boolean noCharacter = (point & 0xFFFE) == 0xFFFE || point >= 0xFDD0 && point <= 0xFDEF;
        boolean loneSurrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return Character.isISOControl(point) || direction || lineBreak || noCharacter || loneSurrogate;
    }
}

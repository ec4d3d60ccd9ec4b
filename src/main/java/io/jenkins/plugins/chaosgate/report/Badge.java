package io.jenkins.plugins.chaosgate.report;

import java.util.Locale;

/**
 * A word or two with a colour; the words say it all, for those who do not see the colour.
 *
 * @param words with a sign in front: {@code ✓ held}
 */
public record Badge(String words, Tone tone) {

    /** What a colour says. */
    public enum Tone {
        GOOD,
        WARN,
        BAD,
        /** Neither good nor bad. */
        FLAT;

        /** Lower case, as style sheets write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

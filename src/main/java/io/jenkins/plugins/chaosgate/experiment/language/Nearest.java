package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Nearest {

    private static final int LONGEST = 40;

    private Nearest() {}

    /** The nearest of the words, by slips of the keyboard, else one that holds the text; empty if none comes near. */
    static String to(String text, Collection<String> words) {
        if (text.isBlank() || text.length() > LONGEST) {
            return "";
        }
        String plain = plain(text);
        int most = Math.max(1, Math.min(3, plain.length() / 3));
        Optional<String> near = words.stream()
                .filter(word -> slips(plain, plain(word)) <= most)
                .min(Comparator.comparingInt(word -> slips(plain, plain(word))));
        return near.or(() -> words.stream()
                        .filter(word -> overlap(plain, plain(word)))
                        .findFirst())
                .orElse("");
    }

    private static boolean overlap(String text, String word) {
        return Math.min(text.length(), word.length()) > 2 && (word.contains(text) || text.contains(word));
    }

    /** Case, '-' and '_' are matters of taste, not of spelling. */
    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[-_\\s]", "");
    }

    /** How many letters were added, left out, replaced or swapped with their neighbour. */
    private static int slips(String from, String to) {
        if (Math.abs(from.length() - to.length()) > LONGEST) {
            return LONGEST;
        }
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : step(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int step(int[][] cost, String from, String to, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}

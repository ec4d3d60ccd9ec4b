package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.Units;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guesses what duration somebody meant who wrote {@code 5}, {@code 1.5s}, {@code 10 sec} or {@code 2 minutes}. */
final class MeantDuration {

    /** A unit by the beginning of its word, in milliseconds. */
    private record Spelling(String beginning, long millis) {}

    /** The first that fits counts. */
    private static final List<Spelling> SPELLINGS = List.of(
            new Spelling("ms", 1),
            new Spelling("milli", 1),
            new Spelling("s", 1_000),
            new Spelling("m", 60_000),
            new Spelling("h", 3_600_000));

    private static final Pattern NEARLY = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?) ?([a-z]{0,12})");
    private static final BigDecimal RATHER_MILLIS = BigDecimal.valueOf(100);

    private MeantDuration() {}

    /** A duration as the language writes it; empty where nothing comes near. */
    static String guess(String text) {
        Matcher nearly = NEARLY.matcher(text.toLowerCase(Locale.ROOT));
        if (!nearly.matches()) {
            return "";
        }
        BigDecimal amount = new BigDecimal(nearly.group(1));
        if (nearly.group(2).isEmpty()) {
            return amount.signum() == 0 || amount.scale() > 0
                    ? ""
                    : nearly.group(1) + (amount.compareTo(RATHER_MILLIS) < 0 ? "s" : "ms");
        }
        return SPELLINGS.stream()
                .filter(unit -> nearly.group(2).startsWith(unit.beginning()))
                .findFirst()
                .map(unit -> Duration.ofMillis(
                        amount.multiply(BigDecimal.valueOf(unit.millis())).longValue()))
                .filter(meant -> !meant.isZero())
                .map(Units::duration)
                .orElse("");
    }
}

package io.jenkins.plugins.chaosgate.experiment.language;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Plain decimal numbers: digits and a point, no sign, no exponent; short enough to be exact and cheap. */
final class Decimals {

    /** As JSON Schema and regular expressions describe them. */
    static final String PATTERN = "[0-9]{1,18}(\\.[0-9]{1,30})?";

    private static final Pattern WRITTEN = Pattern.compile(PATTERN);

    private Decimals() {}

    /** The number of a text; empty where it is none. */
    static Optional<BigDecimal> parse(String text) {
        return WRITTEN.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** The number in front of a unit, with or without a blank between; empty where the text is none. */
    static Optional<BigDecimal> parse(String text, String unit) {
        return text.endsWith(unit)
                ? parse(text.substring(0, text.length() - unit.length()).replaceFirst(" $", ""))
                : Optional.empty();
    }

    /** The shortest number that gives exactly this double. */
    static BigDecimal exact(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros();
    }

    static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}

package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Units;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time with its unit: {@code 250ms}, {@code 5s}, {@code 1m30s}; whole milliseconds, at most a day. */
final class DurationType extends ScalarType<Duration> {

    private static final Duration MOST = Duration.ofHours(24);
    private static final String SUM = "([0-9]{1,9}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?([0-9]{1,9}ms)?";
    private static final Pattern WRITTEN = Pattern.compile(SUM);

    private final Duration least;
    private final Duration most;

    private DurationType(String name, Duration least, Duration most, String expected) {
        super(name, expected);
        this.least = least;
        this.most = most;
    }

    /** Any time above zero. */
    static DurationType any() {
        return new DurationType(
                "duration", Duration.ofMillis(1), MOST, "a duration above 0, such as 250ms, 5s, 1m30s or 1h");
    }

    static DurationType atLeast(String name, Duration least) {
        return new DurationType(
                name, least, MOST, "a duration of at least " + Units.duration(least) + ", such as 1s or 5s");
    }

    static DurationType between(String name, Duration least, Duration most) {
        String range = Units.duration(least) + " to " + Units.duration(most);
        return new DurationType(name, least, most, "a duration from " + range + ", such as 30s or 5m");
    }

    @Override
    Parsed<Duration> parse(String text, Reading in) {
        Matcher sum = WRITTEN.matcher(text);
        if (text.isEmpty() || !sum.matches()) {
            return Parsed.wrongButNear(MeantDuration.guess(text));
        }
        Duration duration = Duration.ofHours(amount(sum.group(1), "h"))
                .plusMinutes(amount(sum.group(2), "m"))
                .plusSeconds(amount(sum.group(3), "s"))
                .plusMillis(amount(sum.group(4), "ms"));
        if (most.equals(MOST) && duration.compareTo(most) > 0) {
            return Parsed.wrong("a duration of at most 24h", "");
        }
        return duration.compareTo(least) < 0 || duration.compareTo(most) > 0 ? Parsed.wrong() : Parsed.of(duration);
    }

    @Override
    JsonNode format(Duration value) {
        if (value.compareTo(Duration.ZERO) <= 0 || value.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException("no whole number of milliseconds above 0: " + value);
        }
        return Json.text(Units.duration(value));
    }

    @Override
    List<ObjectNode> forms() {
        return List.of(Json.string("(?=.*[1-9])" + SUM));
    }

    private static long amount(String group, String unit) {
        return group == null ? 0 : Long.parseLong(group.substring(0, group.length() - unit.length()));
    }
}

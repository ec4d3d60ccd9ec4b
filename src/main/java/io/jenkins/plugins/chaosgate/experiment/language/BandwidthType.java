package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes in a second: {@code 64KiB/s}, {@code 1MiB/s}; in the model KiB/s, so it must be a whole number of them. */
final class BandwidthType extends ScalarType<Long> {

    private static final String PATTERN = "[0-9]{1,9} ?(B|kB|MB|KiB|MiB)/s";
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9}) ?([A-Za-z]{1,3})/s");
    private static final Map<String, Long> BYTES =
            Map.of("B", 1L, "kB", 1_000L, "MB", 1_000_000L, "KiB", 1_024L, "MiB", 1_048_576L);

    BandwidthType() {
        super("bandwidth", "a whole number of KiB/s above 0, such as 64KiB/s, 1MiB/s or 512kB/s");
    }

    @Override
    Parsed<Long> parse(String text, Reading in) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Decimals.parse(text).isPresent() ? Parsed.wrongButNear(text + "KiB/s") : Parsed.wrong();
        }
        Long unit = BYTES.get(written.group(2));
        if (unit == null) {
            return Parsed.wrongButNear(inAnotherCase(written));
        }
        long bytes = Long.parseLong(written.group(1)) * unit;
        if (bytes > 0 && bytes % 1024 == 0) {
            return Parsed.of(bytes / 1024);
        }
        return bytes < 1024 ? Parsed.wrong() : Parsed.wrongButNear(bytes / 1024 + "KiB/s");
    }

    @Override
    JsonNode format(Long kibibytes) {
        return Json.text(kibibytes + "KiB/s");
    }

    @Override
    List<ObjectNode> forms() {
        return List.of(Json.string("(?=.*[1-9])" + PATTERN));
    }

    private static String inAnotherCase(Matcher written) {
        String unit = written.group(2).toLowerCase(Locale.ROOT);
        return BYTES.keySet().stream()
                .filter(known -> known.toLowerCase(Locale.ROOT).equals(unit))
                .findFirst()
                .map(known -> written.group(1) + known + "/s")
                .orElse("");
    }
}

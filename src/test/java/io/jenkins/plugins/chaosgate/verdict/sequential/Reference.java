package io.jenkins.plugins.chaosgate.verdict.sequential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.data.Offset;

/** Values that an independent implementation computed with 700 digits; see bench/reference.py. */
final class Reference {

    private Reference() {}

    /** The rows of a CSV beside this class, without the header. */
    static List<String[]> rows(String name) throws IOException {
        try (var in = Reference.class.getResourceAsStream(name);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(line -> line.split(",")).toList();
        }
    }

    /** A billionth of the value; where that is near 0, a billionth. */
    static Offset<Double> billionth(double expected) {
        return Offset.offset(1e-9 * Math.max(1, Math.abs(expected)));
    }
}

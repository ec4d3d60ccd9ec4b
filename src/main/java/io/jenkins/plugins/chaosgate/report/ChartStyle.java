package io.jenkins.plugins.chaosgate.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * How charts look. It lies in a file of its own, {@code chart.css}, so that a page which shows charts can link to it
 * instead of repeating it. Such a page may set the variables {@code --cg-…} to suit its own colours.
 */
final class ChartStyle {

    static final String CSS = read();

    private ChartStyle() {}

    private static String read() {
        try (InputStream css = ChartStyle.class.getResourceAsStream("chart.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the style of the charts is not readable", e);
        }
    }
}

package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import java.time.Duration;
import java.util.OptionalLong;

/** The part of the page that tells how long things took. */
final class HtmlTimings {

    private HtmlTimings() {}

    /** Nothing where nothing was injected. */
    static void write(Markup page, GateSnapshot gate) {
        if (gate.timings().injectMillis().isEmpty()) {
            return;
        }
        page.open("section", "class", "tiles", "aria-label", "Timings");
        tile(page, "until the fault was in", gate.timings().injectMillis());
        tile(page, "under the fault until the decision", gate.timings().detectMillis());
        tile(page, "from the decision until the fault was out", gate.timings().rollbackMillis());
        tile(page, "until the steady state was back", gate.timings().recoveryMillis());
        page.close().line();
    }

    private static void tile(Markup page, String meaning, OptionalLong millis) {
        String length = millis.isPresent() ? Elapsed.length(Duration.ofMillis(millis.getAsLong())) : "–";
        page.open("div", "class", "tile")
                .leaf("strong", length)
                .leaf("span", meaning)
                .close();
    }
}

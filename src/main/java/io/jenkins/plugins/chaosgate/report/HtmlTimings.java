package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import java.util.List;

/** The part of the page that tells how long things took. */
final class HtmlTimings {

    private HtmlTimings() {}

    /** Nothing where nothing was injected. */
    static void write(Markup page, GateSnapshot gate) {
        List<Tile> tiles = Tile.of(gate);
        if (tiles.isEmpty()) {
            return;
        }
        page.open("section", "class", "tiles", "aria-label", "Timings");
        for (Tile tile : tiles) {
            page.open("div", "class", "tile")
                    .leaf("strong", tile.length())
                    .leaf("span", tile.meaning())
                    .close();
        }
        page.close().line();
    }
}

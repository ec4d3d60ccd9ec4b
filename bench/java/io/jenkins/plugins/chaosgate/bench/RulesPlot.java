package io.jenkins.plugins.chaosgate.bench;

import java.util.List;
import java.util.Locale;

/** Draws the table as bars: red where more than 1 % of the gates were stopped, and in seconds what was found above the limit. */
final class RulesPlot {

    private static final int WIDTH = 860;
    private static final int ROW = 30;
    private static final int LABEL = 270;
    private static final int BAR = 190;
    private static final String[] COLUMNS = {"0.8 % (healthy)", "1 % (at the limit)"};

    private RulesPlot() {}

    /** Bars of the share of gates stopped, for healthy canaries and those at the limit; seconds for those above it. */
    static String svg(List<Cell> cells) {
        StringBuilder svg = new StringBuilder();
        List<Double> bursts = cells.stream().map(Cell::phi).distinct().toList();
        int rules = (int)
                cells.stream().map(cell -> cell.outcomes().rule()).distinct().count();
        int block = (rules + 3) * ROW;
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                WIDTH,
                block * bursts.size() + 10));
        for (int i = 0; i < bursts.size(); i++) {
            double phi = bursts.get(i);
            block(
                    svg,
                    i * block,
                    phi,
                    cells.stream().filter(cell -> cell.phi() == phi).toList());
        }
        return svg.append("</svg>\n").toString();
    }

    private static void block(StringBuilder svg, int top, double phi, List<Cell> cells) {
        text(svg, 10, top + 22, phi == 1 ? "Each request fails on its own" : "Bursts, φ = " + Math.round(phi), true);
        text(svg, LABEL, top + 48, "stopped at " + COLUMNS[0], false);
        text(svg, LABEL + BAR, top + 48, "stopped at " + COLUMNS[1], false);
        text(svg, LABEL + 2 * BAR, top + 48, "found 2 % / 5 % (median)", false);
        List<String> rules =
                cells.stream().map(cell -> cell.outcomes().rule()).distinct().toList();
        for (int row = 0; row < rules.size(); row++) {
            String rule = rules.get(row);
            int y = top + 2 * ROW + row * ROW;
            List<Cell> own = cells.stream()
                    .filter(cell -> cell.outcomes().rule().equals(rule))
                    .toList();
            text(svg, 10, y + 16, rule, rule.startsWith("Chaos Gate"));
            bar(svg, LABEL, y, own.get(0).outcomes().stopped());
            bar(svg, LABEL + BAR, y, own.get(1).outcomes().stopped());
            text(svg, LABEL + 2 * BAR, y + 16, seconds(own.get(2)) + " / " + seconds(own.get(3)), false);
        }
    }

    private static String seconds(Cell cell) {
        return cell.median().isEmpty() ? "–" : cell.median() + " s";
    }

    private static void bar(StringBuilder svg, int x, int y, double share) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"20\" fill=\"%s\"/>%n",
                x,
                y,
                Math.max(1, share * (BAR - 80)),
                share <= 0.01 ? "#2a7f4f" : "#b3362b"));
        text(
                svg,
                (int) (x + share * (BAR - 80)) + 6,
                y + 15,
                String.format(Locale.ROOT, "%.2f %%", share * 100),
                false);
    }

    private static void text(StringBuilder svg, int x, int y, String text, boolean bold) {
        svg.append(String.format(
                "<text x=\"%d\" y=\"%d\"%s>%s</text>%n", x, y, bold ? " font-weight=\"bold\"" : "", text));
    }
}

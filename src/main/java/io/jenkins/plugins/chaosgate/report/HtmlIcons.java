package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.util.Optional;

/** One sign for each verdict, so that its colour is never all that tells. */
final class HtmlIcons {

    private static final String RING = "<circle cx=\"24\" cy=\"24\" r=\"21\"/>";

    private HtmlIcons() {}

    /** A drawing in the colour of the text around it. */
    static String of(Optional<Verdict> verdict) {
        String sign = verdict.map(ended -> switch (ended.kind()) {
                    case PASSED -> RING + "<path d=\"M14 25l7 7 13-15\"/>";
                    case VIOLATED -> RING + "<path d=\"M16.5 16.5l15 15M31.5 16.5l-15 15\"/>";
                    case INCONCLUSIVE ->
                        RING + "<path d=\"M18 19.5a6 6 0 1 1 8.6 5.4c-1.7.9-2.6 1.9-2.6 4.1M24 34.5v.1\"/>";
                    case ABORTED -> RING + "<path d=\"M17.5 17.5h13v13h-13z\"/>";
                    case ROLLBACK_FAILED -> "<path d=\"M24 5L45 42H3zM24 19v11M24 35.5v.1\"/>";
                })
                .orElse(RING + "<path d=\"M24 13v11l8 5\"/>");
        return "<svg class=\"icon\" viewBox=\"0 0 48 48\" width=\"48\" height=\"48\" fill=\"none\""
                + " stroke=\"currentColor\" stroke-width=\"4\" stroke-linecap=\"round\" stroke-linejoin=\"round\""
                + " aria-hidden=\"true\">" + sign + "</svg>";
    }
}

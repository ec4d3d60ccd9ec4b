package io.jenkins.plugins.chaosgate.report;

import io.jenkins.plugins.chaosgate.gate.GateSnapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/**
 * A gate as one HTML page for people: no script, nothing loaded from elsewhere, and a content security policy that
 * forbids both.
 */
public final class HtmlReport {

    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern(
                    "d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final GateSnapshot gate;
    private final VerdictWords words;
    private final Markup page = new Markup();

    private HtmlReport(GateSnapshot gate) {
        this.gate = gate;
        this.words = VerdictWords.of(gate);
    }

    /** The whole page. */
    public static String of(GateSnapshot gate) {
        return new HtmlReport(gate).write();
    }

    private String write() {
        page.raw("<!DOCTYPE html>\n").open("html", "lang", "en").line();
        head();
        page.open("body").open("main").line();
        title();
        banner();
        undo();
        HtmlFaults.write(page, gate);
        HtmlCanary.write(page, gate);
        HtmlTimings.write(page, gate);
        HtmlThresholds.write(page, gate);
        HtmlNotes.write(page, gate);
        footer();
        return page.close().close().close().line().toString();
    }

    private void head() {
        page.open("head").empty("meta", "charset", "utf-8");
        page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy());
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "name", "color-scheme", "content", "light dark");
        page.leaf("title", words.word() + " · " + gate.experiment().name());
        page.open("style").raw(HtmlStyle.css()).close().close().line();
    }

    /** Only the two style sheets that this page is known to carry. */
    private static String policy() {
        return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + hash(HtmlStyle.css()) + " "
                + hash(ChartStyle.CSS);
    }

    private static String hash(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void title() {
        page.open("header");
        page.leaf("p", "Chaos Gate", "class", "brand");
        page.leaf("h1", gate.experiment().name());
        Duration length = Duration.between(gate.ticket().since(), Times.lastKnown(gate));
        page.open("p", "class", "meta")
                .text("Gate ")
                .leaf("code", gate.ticket().id())
                .text(" · " + DAY_AND_TIME.format(gate.ticket().since()) + " · "
                        + (gate.verdict().isPresent() ? "took " : "running for ") + Elapsed.length(length)
                        + " · run by ");
        origin();
        page.close().close().line();
    }

    /** A link only where it is plainly one to a web page. */
    private void origin() {
        String origin = gate.ticket().origin();
        if (origin.matches("https?://[^\\s@]+")) {
            page.leaf("a", origin, "href", origin, "rel", "noreferrer noopener");
        } else {
            page.text(origin);
        }
    }

    private void banner() {
        page.open("section", "class", "banner " + words.tone(), "aria-label", "Verdict");
        page.raw(HtmlIcons.of(gate.verdict()));
        page.open("div");
        page.leaf("p", words.word(), "class", "verdict");
        page.leaf("p", words.meaning(), "class", "meaning");
        gate.verdict().ifPresent(verdict -> page.leaf("p", verdict.reason(), "class", "reason"));
        page.close().close().line();
    }

    private void undo() {
        if (gate.undoCommands().isEmpty()) {
            return;
        }
        page.open("section", "class", "alarm", "role", "alert");
        page.leaf("h2", "A fault may still be in the cluster");
        page.leaf("p", "Run these commands now, with rights on the namespace:");
        page.leaf("pre", String.join("\n", gate.undoCommands()));
        page.close().line();
    }

    private void footer() {
        page.open("footer")
                .text("Written by Chaos Gate. The same as numbers: ")
                .leaf("code", "report.json")
                .close()
                .line();
    }
}

package io.jenkins.plugins.chaosgate.cli;

import java.io.PrintStream;
import java.util.Optional;

/** Prints lines, and below them, on a real terminal, one live line that is drawn again and again. Safe between threads. */
final class Terminal {

    private static final String ERASE = "\r\u001b[K";
    /** Without wrapping, a line that is too long is cut by the terminal, and can be erased as one. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out;
    private String live = "";

    Terminal(PrintStream out) {
        this.out = out;
    }

    /** A line that stays; the live line moves below it. */
    synchronized void line(String text) {
        if (live.isEmpty()) {
            out.println(text);
        } else {
            out.println(ERASE + text);
            draw();
        }
        out.flush();
    }

    /** Draws the live line anew; empty erases it. */
    synchronized void live(Optional<String> text) {
        if (!live.isEmpty()) {
            out.print(ERASE);
        }
        live = text.orElse("");
        draw();
        out.flush();
    }

    private void draw() {
        if (!live.isEmpty()) {
            out.print(NO_WRAP + live + WRAP);
        }
    }
}

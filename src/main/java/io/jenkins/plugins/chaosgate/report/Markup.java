package io.jenkins.plugins.chaosgate.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes XML, SVG and HTML element by element; all text and all attribute values are escaped on the way, so that markup
 * can only come from the names that the code itself gives.
 */
final class Markup {

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element. Attributes are pairs of a name and a value. */
    Markup open(String element, Object... attributes) {
        tag(element, attributes);
        out.append('>');
        open.push(element);
        return this;
    }

    /** Closes the element that was opened last. */
    Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element without content. */
    Markup empty(String element, Object... attributes) {
        tag(element, attributes);
        out.append("/>");
        return this;
    }

    /** An element with text only. */
    Markup leaf(String element, String text, Object... attributes) {
        return open(element, attributes).text(text).close();
    }

    Markup text(String text) {
        out.append(Clean.markup(text));
        return this;
    }

    /** Markup that is known to be right: never text from outside. */
    Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    Markup line() {
        out.append('\n');
        return this;
    }

    private void tag(String element, Object... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(Clean.markup(String.valueOf(attributes[i + 1]))).append('"');
        }
    }

    /** All that was written; every element has to be closed. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.toString();
    }
}

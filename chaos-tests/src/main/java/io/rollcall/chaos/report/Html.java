package io.rollcall.chaos.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Markup that is well-formed and in which every text and every attribute's value is escaped. Names of elements and
 * attributes come from our own sources alone.
 */
final class Html {

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element; attributes are names and values in turn. */
    Html open(String element, String... attributes) {
        start(element, attributes).append('>');
        open.push(element);
        return this;
    }

    /** Ends the element that was begun last. */
    Html close() {
        out.append("</").append(open.pop()).append(">");
        return this;
    }

    /** An element with a text. */
    Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** An element of SVG without content, or one of HTML that never has any. */
    Html empty(String element, String... attributes) {
        start(element, attributes).append("/>");
        return this;
    }

    /** A text. */
    Html text(String text) {
        out.append(escape(text));
        return this;
    }

    /** A line break in the source, for those who read it. */
    Html line() {
        out.append('\n');
        return this;
    }

    /** Markup of ours that is no element. */
    Html trusted(String markup) {
        out.append(markup);
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private StringBuilder start(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(attributes[i + 1]))
                    .append('"');
        }
        return out;
    }

    private static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n', '\t' -> safe.append(c);
                default -> safe.append(c < ' ' ? '\uFFFD' : c);
            }
        }
        return safe.toString();
    }
}

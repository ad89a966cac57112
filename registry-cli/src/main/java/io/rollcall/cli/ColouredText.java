package io.rollcall.cli;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** One line of text, of which parts may have a colour. Immutable. */
final class ColouredText {

    static final ColouredText EMPTY = new ColouredText(List.of());

    private static final String ELLIPSIS = "…";
    private static final char REPLACEMENT = '\ufffd';

    private record Part(String text, Ink ink) {

        int width() {
            return text.codePointCount(0, text.length());
        }

        Part begin(int columns) {
            return new Part(text.substring(0, text.offsetByCodePoints(0, columns)), ink);
        }
    }

    private final List<Part> parts;

    private ColouredText(List<Part> parts) {
        this.parts = parts;
    }

    /** Itself if it is such a text, else what it is as a string, without a colour. */
    static ColouredText of(Object cell) {
        return cell instanceof ColouredText text ? text : of(cell.toString(), Ink.PLAIN);
    }

    static ColouredText of(String text, Ink ink) {
        // A value that somebody else has chosen gives no orders to this terminal.
        String harmless = text.replace('\033', REPLACEMENT).replace('\u009b', REPLACEMENT);
        return harmless.isEmpty() ? EMPTY : new ColouredText(List.of(new Part(harmless, ink)));
    }

    static ColouredText status(InstanceStatus status) {
        return of(status.wireName(), Ink.of(status));
    }

    /** The status of an instance, and whether it is held though it is silent. */
    static ColouredText status(Instance instance) {
        ColouredText status = status(instance.status());
        return instance.suspect() ? status.plus(of(" (suspect)", Ink.YELLOW)) : status;
    }

    static ColouredText joined(String separator, List<ColouredText> texts) {
        ColouredText joined = EMPTY;
        for (Iterator<ColouredText> each = texts.iterator(); each.hasNext(); ) {
            joined = joined.plus(each.next());
            if (each.hasNext()) {
                joined = joined.plus(separator);
            }
        }
        return joined;
    }

    ColouredText plus(Object more) {
        ColouredText text = of(more);
        List<Part> all = new ArrayList<>(parts);
        all.addAll(text.parts);
        return new ColouredText(List.copyOf(all));
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** How many columns it takes. */
    int width() {
        return parts.stream().mapToInt(Part::width).sum();
    }

    /** As much of it as so many columns hold. */
    ColouredText cut(int columns) {
        List<Part> kept = new ArrayList<>();
        int left = columns;
        for (Part part : parts) {
            int width = Math.min(left, part.width());
            if (width > 0) {
                kept.add(part.begin(width));
            }
            left -= width;
        }
        return new ColouredText(List.copyOf(kept));
    }

    /** Itself if it fits, else as much of it as leaves room for a sign that something is missing. */
    ColouredText shortened(int columns) {
        return width() <= columns ? this : cut(columns - 1).plus(ELLIPSIS);
    }

    /** As it is printed. */
    String shown(boolean inColour) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(inColour ? part.ink().on(part.text()) : part.text()));
        return text.toString();
    }

    /** Without colours. */
    @Override
    public String toString() {
        return shown(false);
    }
}

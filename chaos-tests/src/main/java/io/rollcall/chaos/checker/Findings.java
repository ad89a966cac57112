package io.rollcall.chaos.checker;

import io.rollcall.chaos.report.Figure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What checks have counted and found wrong. Grows while they run; for one thread. */
public final class Findings {

    /** A run that went wrong in one place usually goes wrong in thousands; nobody reads more than these. */
    private static final int VIOLATIONS_MAX = 50;

    private final Map<Figure, Long> figures = new EnumMap<>(Figure.class);
    private final List<String> violations = new ArrayList<>();

    /** Nothing yet. */
    public Findings() {}

    /**
     * Counts.
     *
     * @param figure what
     * @param count how many more
     */
    public void count(Figure figure, long count) {
        figures.merge(figure, count, Long::sum);
    }

    /**
     * Counts something that must not be.
     *
     * @param figure what
     * @param violation one sentence
     */
    public void violated(Figure figure, String violation) {
        count(figure, 1);
        if (violations.size() < VIOLATIONS_MAX) {
            violations.add(violation);
        }
    }

    /**
     * Returns what was counted.
     *
     * @return a copy
     */
    public Map<Figure, Long> figures() {
        return Map.copyOf(figures);
    }

    /**
     * Returns how often something was counted.
     *
     * @param figure what
     * @return 0 or more
     */
    public long figure(Figure figure) {
        return figures.getOrDefault(figure, 0L);
    }

    /**
     * Returns what is wrong.
     *
     * @return the first findings, a sentence each; empty if nothing is
     */
    public List<String> violations() {
        return List.copyOf(violations);
    }
}

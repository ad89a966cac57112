package io.rollcall.cli;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ, as far as they are few. */
final class LineDiff {

    /** Longer texts are not compared line by line: the table that is filled for it grows with the square. */
    static final int MAX_LINES = 500;

    static final int MAX_SHOWN = 20;

    private LineDiff() {}

    /**
     * Compares.
     *
     * @return lines that begin with {@code -} or {@code +}; what is over {@value #MAX_SHOWN} is counted; none if a text is
     *     too long
     */
    static List<String> of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        if (old.size() > MAX_LINES || now.size() > MAX_LINES) {
            return List.of();
        }
        List<String> differing = differing(old, now, commonBehind(old, now));
        if (differing.size() <= MAX_SHOWN) {
            return differing;
        }
        List<String> shown = new ArrayList<>(differing.subList(0, MAX_SHOWN));
        shown.add("... and " + (differing.size() - MAX_SHOWN) + " lines more");
        return shown;
    }

    /** For each pair of places how many lines the rests have in common, in order. */
    private static int[][] commonBehind(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static List<String> differing(List<String> old, List<String> now, int[][] common) {
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + old.get(i++));
            } else {
                lines.add("+ " + now.get(j++));
            }
        }
        return lines;
    }
}

package io.rollcall.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows with aligned columns; a column that is empty in each row is left out. Not thread-safe. */
final class Table {

    private static final int GAP = 2;

    private final List<ColouredText> header;
    private final List<List<ColouredText>> rows = new ArrayList<>();

    Table(String... header) {
        this.header =
                Stream.of(header).map(title -> ColouredText.of(title, Ink.BOLD)).toList();
    }

    /** Adds a row; a cell that is a {@link ColouredText} has its colours, any other none. */
    void row(Object... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + header.size() + " headings");
        }
        rows.add(Stream.of(cells).map(ColouredText::of).toList());
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The heading, and a line for each row. */
    List<ColouredText> lines() {
        List<Integer> widths = widths();
        List<ColouredText> lines = new ArrayList<>();
        lines.add(line(header, widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    /** The width of each column; 0 of one that is left out. */
    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < header.size(); column++) {
            int index = column;
            int widest =
                    rows.stream().mapToInt(row -> row.get(index).width()).max().orElse(0);
            widths.add(widest == 0 ? 0 : Math.max(widest, header.get(column).width()));
        }
        return widths;
    }

    /** Without blanks behind the last cell: they are of no use to anybody. */
    private static ColouredText line(List<ColouredText> cells, List<Integer> widths) {
        ColouredText line = ColouredText.EMPTY;
        int begin = 0;
        for (int column = 0; column < cells.size(); column++) {
            if (widths.get(column) > 0) {
                ColouredText cell = cells.get(column);
                if (!cell.isEmpty()) {
                    line = line.plus(" ".repeat(begin - line.width())).plus(cell);
                }
                begin += widths.get(column) + GAP;
            }
        }
        return line;
    }
}

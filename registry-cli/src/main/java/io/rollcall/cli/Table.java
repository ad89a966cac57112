package io.rollcall.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows with aligned columns; a column that is empty in each row is left out. Not thread-safe. */
final class Table {

    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... header) {
        this.header = List.of(header);
    }

    void row(Object... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + header.size() + " headings");
        }
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(cell.toString());
        }
        rows.add(row);
    }

    void print(PrintWriter out) {
        List<StringBuilder> lines = new ArrayList<>();
        for (int i = 0; i <= rows.size(); i++) {
            lines.add(new StringBuilder());
        }
        for (int column = 0; column < header.size(); column++) {
            append(lines, column);
        }
        // The last column's padding is of no use to anybody.
        lines.forEach(line -> out.println(line.toString().stripTrailing()));
    }

    private void append(List<StringBuilder> lines, int column) {
        if (rows.stream().allMatch(row -> row.get(column).isEmpty())) {
            return;
        }
        int width = rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0);
        width = Math.max(width, width(header.get(column)));
        append(lines.get(0), header.get(column), width);
        for (int i = 0; i < rows.size(); i++) {
            append(lines.get(i + 1), rows.get(i).get(column), width);
        }
    }

    private static void append(StringBuilder line, String cell, int width) {
        if (line.length() > 0) {
            line.append(GAP);
        }
        line.append(cell).append(" ".repeat(width - width(cell)));
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}

package io.rollcall.bench.process;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a JVM's heap holds.
 *
 * @param bytes of all instances of a class, by its name; arrays by their names in class files
 */
public record ClassHistogram(Map<String, Long> bytes) {

    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

    /** Copies the map. */
    public ClassHistogram {
        bytes = Map.copyOf(bytes);
    }

    /**
     * Reads what {@code GC.class_histogram} prints.
     *
     * @param text whole
     * @return its lines; the total is left out
     * @throws IllegalArgumentException if it has no line of a class
     */
    static ClassHistogram parse(String text) {
        var bytes = new TreeMap<String, Long>();
        text.lines().forEach(line -> {
            var match = LINE.matcher(line);
            if (match.matches()) {
                bytes.merge(match.group(2), Long.parseLong(match.group(1)), Long::sum);
            }
        });
        if (bytes.isEmpty()) {
            throw new IllegalArgumentException("no class histogram: " + text);
        }
        return new ClassHistogram(bytes);
    }

    /**
     * Adds up classes.
     *
     * @param prefix of their names
     * @return bytes; objects of other classes that they refer to are not in it
     */
    public long bytesOf(String prefix) {
        return bytes.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}

package io.rollcall.chaos.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a run took place.
 *
 * @param cores that the driver may use, and shares with the nodes
 * @param memoryBytes of the whole machine; 0 if it does not say
 * @param processor its name; empty if it does not say
 * @param kernel name and release
 * @param jdk name and version
 */
public record Machine(int cores, long memoryBytes, String processor, String kernel, String jdk) {

    private static final long KIB = 1024;
    private static final double GIB = KIB * KIB * KIB;

    /**
     * Looks around.
     *
     * @return this machine
     */
    public static Machine current() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                kibibytes(field(Path.of("/proc/meminfo"), "MemTotal")),
                field(Path.of("/proc/cpuinfo"), "model name"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version());
    }

    /**
     * Returns it in one line.
     *
     * @return without the JDK
     */
    public String hardware() {
        String memory = memoryBytes == 0 ? "" : ", " + Math.round(memoryBytes / GIB) + " GiB memory";
        return Wording.count(cores, "core") + (processor.isEmpty() ? "" : " (" + processor + ")") + memory + ", "
                + kernel;
    }

    private static long kibibytes(String text) {
        String digits = text.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits) * KIB;
    }

    /** What a file of {@code name: value} lines says first; empty where there is no such file, as on other systems. */
    private static String field(Path file, String name) {
        if (!Files.isReadable(file)) {
            return "";
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.stream()
                    .filter(line -> line.startsWith(name) && line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}

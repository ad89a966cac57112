package io.rollcall.api.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of the files of an audit log: {@code audit-00000001.jsonl} and so on. */
public final class AuditFiles {

    private static final Pattern NAME = Pattern.compile("audit-([0-9]{8})\\.jsonl");

    private AuditFiles() {}

    /**
     * Returns the name of a file.
     *
     * @param number from 1
     * @return a name without a folder
     */
    public static String name(int number) {
        return String.format(Locale.ROOT, "audit-%08d.jsonl", number);
    }

    /**
     * Returns the number of a file.
     *
     * @param file of an audit log
     * @return its number; 0 if its name is none of an audit log
     */
    public static int number(Path file) {
        var matcher = NAME.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /**
     * Lists the files of a log.
     *
     * @param folder where they are
     * @return oldest first; empty if there are none
     * @throws IOException if the folder cannot be read
     */
    public static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> number(file) > 0)
                    .sorted(Comparator.comparing(AuditFiles::number))
                    .toList();
        }
    }
}

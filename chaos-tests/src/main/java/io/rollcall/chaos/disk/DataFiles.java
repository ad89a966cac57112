package io.rollcall.chaos.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a node that does not run, to be damaged as a disk damages them. */
public final class DataFiles {

    /** A closed segment of the Raft log. */
    public static final Pattern CLOSED_SEGMENT = Pattern.compile("log_\\d+-\\d+");

    /** The segment of the Raft log that was being written. */
    public static final Pattern OPEN_SEGMENT = Pattern.compile("log_inprogress_\\d+");

    /** A table of the database or of a snapshot. */
    public static final Pattern TABLE = Pattern.compile("\\d+\\.sst");

    private static final int SEGMENT_HEADER_BYTES = 8;

    private final Path folder;

    /**
     * The files below a folder.
     *
     * @param folder a node's data
     */
    public DataFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns files by their name.
     *
     * @param name a pattern for the whole name
     * @return those with content, by path
     */
    public List<Path> named(Pattern name) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> name.matcher(file.getFileName().toString()).matches())
                    .filter(file -> file.toFile().length() > 0)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /**
     * Flips one bit.
     *
     * @param file which
     * @param offset of the byte
     */
    public static void flipBit(Path file, long offset) {
        change(file, content -> {
            content.seek(offset);
            int before = content.read();
            content.seek(offset);
            content.write(before ^ 0x10);
        });
    }

    /**
     * Cuts the end off.
     *
     * @param file which
     * @param bytes how many bytes go
     */
    public static void truncate(Path file, long bytes) {
        change(file, content -> content.setLength(Math.max(0, content.length() - bytes)));
    }

    /**
     * Ends a file with the beginning of its first entry, as a write does that a crash broke off.
     *
     * @param file a segment of the log
     * @param end offset at which the right content ends
     * @param bytes how much of the entry there is
     */
    public static void repeatStart(Path file, long end, int bytes) {
        change(file, content -> {
            byte[] start = new byte[bytes];
            content.seek(SEGMENT_HEADER_BYTES);
            content.readFully(start);
            content.setLength(end);
            content.seek(end);
            content.write(start);
        });
    }

    /**
     * Finds where the content of a file ends that was made longer in advance.
     *
     * @param file which
     * @return offset behind the last byte that is not zero
     */
    public static long contentEnd(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            int end = content.length;
            while (end > 0 && content[end - 1] == 0) {
                end--;
            }
            return end;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private interface Change {
        void make(RandomAccessFile content) throws IOException;
    }

    private static void change(Path file, Change change) {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            change.make(content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot damage " + file, e);
        }
    }
}

package io.rollcall.statemachine.ratis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The closed files of Ratis' log, as they lie in its folder: they tell how many bytes lie behind a snapshot, also after a
 * restart.
 */
final class LogSegments {

    // Not Ratis' LogSegmentPath: it deletes the next file if it looks just when that is empty.
    private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");

    private final Path folder;

    private record Segment(long last, long bytes) {}

    LogSegments(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns up to which index the log is no longer needed.
     *
     * @param snapshotIndex the newest snapshot's
     * @return empty if everything is to be kept; what is not the end of a file goes with the file before
     */
    OptionalLong disposable(long snapshotIndex, LogLimits limits) throws IOException {
        long byEntries = snapshotIndex - limits.keptEntries();
        long bytes = 0;
        for (Segment segment : newestFirst()) {
            if (segment.last <= snapshotIndex) {
                bytes += segment.bytes;
                if (segment.last <= byEntries || bytes > limits.keptBytes()) {
                    return OptionalLong.of(segment.last);
                }
            }
        }
        return OptionalLong.empty();
    }

    private List<Segment> newestFirst() throws IOException {
        List<Segment> segments = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.toList();
        }
        for (Path file : files) {
            Matcher closed = CLOSED.matcher(file.getFileName().toString());
            if (closed.matches()) {
                // Ratis deletes files on a thread of its own: one that went with the snapshot before has no size.
                segments.add(new Segment(
                        Long.parseLong(closed.group(2)), file.toFile().length()));
            }
        }
        segments.sort(Comparator.comparingLong(Segment::last).reversed());
        return segments;
    }
}

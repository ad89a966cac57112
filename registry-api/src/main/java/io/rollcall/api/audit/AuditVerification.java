package io.rollcall.api.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through an audit log and finds the first line that is not as it was written: edited, removed, added or moved.
 *
 * <p>What the files alone cannot tell: whether the end was cut off between two lines, whether the oldest files were removed
 * by rotation or by hand, and whether somebody who may write the files wrote all of them anew. The head that a node names in
 * its own log now and then tells the first and the last.
 */
public final class AuditVerification {

    /**
     * A line that was noted elsewhere.
     *
     * @param sequence its place
     * @param hash what its hash was
     */
    public record Head(long sequence, String hash) {}

    /**
     * What was found.
     *
     * @param lines how many lines are whole and in their place
     * @param firstSequence of the first line; 0 if there is none
     * @param lastSequence of the last good line; 0 if there is none
     * @param lastHash of the last good line
     * @param gaps how many events the log itself says it lacks
     * @param tornBytes of a line that the end of the newest file broke off, by a crash or by hand; 0 if there is none
     * @param broken the first line that is not as it was written; null if all are
     */
    public record Found(
            long lines,
            long firstSequence,
            long lastSequence,
            String lastHash,
            long gaps,
            int tornBytes,
            @Nullable Broken broken) {}

    /**
     * A line that is not as it was written.
     *
     * @param file where
     * @param line its number in the file, from 1
     * @param reason what is wrong
     */
    public record Broken(Path file, long line, String reason) {}

    private static final String KIND = "kind";

    private final @Nullable Head expected;

    private long lines;
    private long firstSequence;
    private long lastSequence;
    private String lastHash = AuditLine.GENESIS;
    private long gaps;
    private int torn;
    private boolean sawExpected;

    private AuditVerification(@Nullable Head expected) {
        this.expected = expected;
    }

    /**
     * Verifies a log.
     *
     * @param files oldest first
     * @param expected a line that must be there; null asks for none
     * @return what was found
     * @throws IOException if a file cannot be read
     */
    public static Found verify(List<Path> files, @Nullable Head expected) throws IOException {
        AuditVerification verification = new AuditVerification(expected);
        Broken broken = null;
        int number = 0;
        for (Path file : files) {
            broken = number == 0 || AuditFiles.number(file) == number + 1
                    ? verification.file(file)
                    : new Broken(file, 1, "the file before it is missing: " + AuditFiles.name(number + 1));
            if (broken != null) {
                break;
            }
            number = AuditFiles.number(file);
        }
        if (broken == null && !files.isEmpty()) {
            broken = verification.missingHead(files.get(files.size() - 1));
        }
        return verification.found(broken);
    }

    private @Nullable Broken missingHead(Path last) {
        if (expected == null || sawExpected) {
            return null;
        }
        String where = expected.sequence() < firstSequence
                ? "it begins after line " + expected.sequence() + ", which was to be there"
                : "the end is missing: it ends at line " + lastSequence + ", and line " + expected.sequence()
                        + " was written";
        return new Broken(last, 0, where);
    }

    private Found found(@Nullable Broken broken) {
        return new Found(lines, firstSequence, lastSequence, lastHash, gaps, torn, broken);
    }

    private @Nullable Broken file(Path file) throws IOException {
        int tornBefore = torn;
        torn = 0;
        long number = 0;
        try (InputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = input.read(); b >= 0; b = input.read()) {
                if (b != '\n') {
                    line.write(b);
                    if (line.size() > AuditLine.MAX_BYTES) {
                        return new Broken(file, number + 1, "it is longer than any line that is written");
                    }
                    continue;
                }
                number++;
                String wrong = line(line.toByteArray(), number == 1, tornBefore);
                if (wrong != null) {
                    return new Broken(file, number, wrong);
                }
                line.reset();
            }
            torn = line.size();
        }
        return number == 0 ? new Broken(file, 1, "the file has no whole line, not even its first") : null;
    }

    /** What is wrong with the next line; null if nothing is. */
    private @Nullable String line(byte[] bytes, boolean first, int tornBefore) {
        AuditLine line;
        try {
            line = AuditLine.parse(bytes);
        } catch (AuditFormatException e) {
            return e.getMessage();
        }
        boolean isFileHeader = line.json().path(KIND).asText().equals("file");
        if (first && !isFileHeader) {
            return "the beginning of the file is missing: it does not begin with the line that names the file before";
        }
        if (first && line.json().path("torn").asInt() != tornBefore) {
            return "the end of the file before it was cut off or added to";
        }
        if (lines > 0 && (!line.previous().equals(lastHash) || line.sequence() != lastSequence + 1)) {
            return "it does not follow the line before it, line " + lastSequence
                    + " of the log: lines between them were removed, moved, added or changed";
        }
        if (expected != null && expected.sequence() == line.sequence()) {
            if (!expected.hash().equals(line.hash())) {
                return "it is another line than the one that was noted: the log up to it was written anew";
            }
            sawExpected = true;
        }
        note(line);
        return null;
    }

    private void note(AuditLine line) {
        JsonNode json = line.json();
        if (lines == 0) {
            firstSequence = line.sequence();
        }
        lines++;
        lastSequence = line.sequence();
        lastHash = line.hash();
        if (json.path(KIND).asText().equals("gap")) {
            gaps += json.path("lost").asLong();
        }
    }
}

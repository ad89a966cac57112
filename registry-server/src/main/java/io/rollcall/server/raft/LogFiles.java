package io.rollcall.server.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The files of Ratis' log, looked at before Ratis reads them. A log that ends within a write that a crash broke off is in
 * order: nobody was told that it is on disk, and Ratis cuts it there. Of a log that the disk has damaged Ratis would cut off
 * what follows as well, and with it entries that this member has acknowledged; it would then vote without knowing of them.
 *
 * <p>A broken-off write leaves sectors that were never written, which in these files are zero; so tells etcd the two apart
 * ({@code wal.isTornEntry}). What is damaged without a zero sector was damaged later.
 */
final class LogFiles {

    private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");
    private static final Pattern OPEN = Pattern.compile("log_inprogress_\\d+");
    private static final int HEADER_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;
    private static final int VARINT_BITS_MAX = 35;
    private static final int SECTOR_BYTES = 512;

    private LogFiles() {}

    /**
     * Checks all segments of a log.
     *
     * @param folder Ratis' {@code current}; that there is none is in order
     * @throws IOException if a segment is damaged, or cannot be read; it names the file and the position
     */
    static void requireUndamaged(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            Matcher closed = CLOSED.matcher(name);
            if (closed.matches()) {
                long expected = Long.parseLong(closed.group(2)) - Long.parseLong(closed.group(1)) + 1;
                new Segment(file).requireComplete(expected);
            } else if (OPEN.matcher(name).matches()) {
                new Segment(file).requireUndamaged();
            }
        }
    }

    /** One file: a header, and records of a length, that many bytes, and a checksum of both; behind them zeros. */
    private static final class Segment {

        private final Path file;
        private final byte[] bytes;
        private long records;
        private int end;

        private Segment(Path file) throws IOException {
            this.file = file;
            this.bytes = Files.readAllBytes(file);
            // A crash can come before the header is whole; Ratis deletes such a file.
            this.end = Math.min(HEADER_BYTES, bytes.length);
            for (int next = recordEnd(end); next > 0; next = recordEnd(end)) {
                records++;
                end = next;
            }
        }

        private void requireComplete(long expected) throws IOException {
            if (records != expected) {
                throw damaged("it has " + records + " entries up to byte " + end + " and should have " + expected);
            }
        }

        private void requireUndamaged() throws IOException {
            int next = nextRecord(end + 1);
            int limit = next > 0 ? next : claimedEnd(end);
            // An entry that is longer than its file was never written as a whole.
            if (limit <= bytes.length && end < bytes.length && !hasZeroSector(end, limit)) {
                throw damaged("the entry at byte " + end + " does not match its checksum");
            }
        }

        private IOException damaged(String how) {
            return new IOException("the log segment " + file + " is damaged: " + how);
        }

        /** The end of the record at an offset; 0 if there is no whole and right one. */
        private int recordEnd(int from) {
            int claimed = claimedEnd(from);
            if (from >= bytes.length || bytes[from] == 0 || claimed > bytes.length) {
                return 0;
            }
            int checksumAt = claimed - CHECKSUM_BYTES;
            if (checksumAt <= from) {
                return 0;
            }
            CRC32C checksum = new CRC32C();
            checksum.update(bytes, from, checksumAt - from);
            return ByteBuffer.wrap(bytes).getInt(checksumAt) == (int) checksum.getValue() ? claimed : 0;
        }

        /** Where a record would end by the length that it begins with; where there is none, the end of the sector. */
        private int claimedEnd(int from) {
            long length = 0;
            int at = from;
            for (int shift = 0; shift < VARINT_BITS_MAX && at < bytes.length; shift += 7) {
                byte part = bytes[at++];
                length |= (long) (part & 0x7f) << shift;
                if (part >= 0) {
                    return length == 0
                            ? sectorEnd(from)
                            : (int) Math.min(Integer.MAX_VALUE, at + length + CHECKSUM_BYTES);
                }
            }
            return sectorEnd(from);
        }

        private static int sectorEnd(int offset) {
            return (offset / SECTOR_BYTES + 1) * SECTOR_BYTES;
        }

        private int nextRecord(int from) {
            for (int at = from; at < bytes.length; at++) {
                if (recordEnd(at) > 0) {
                    return at;
                }
            }
            return 0;
        }

        /** Whether the rest of the first sector, or another whole sector of those in the range, is zero. */
        private boolean hasZeroSector(int from, int to) {
            for (int start = from; start < to; start = sectorEnd(start)) {
                if (isZero(start, Math.min(bytes.length, sectorEnd(start)))) {
                    return true;
                }
            }
            return false;
        }

        private boolean isZero(int from, int to) {
            for (int at = from; at < to; at++) {
                if (bytes[at] != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}

package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFilesTest {

    private static final int RECORDS = 10;
    private static final int RECORD_BYTES = 900;
    private static final int PREALLOCATED = 64 * 1024;

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private final int[] starts = new int[RECORDS + 1];

    @Test
    void newMemberHasNoLog() {
        assertThatCode(() -> LogFiles.requireUndamaged(folder.resolve("none"))).doesNotThrowAnyException();
    }

    @Test
    void wholeSegmentsAreInOrder() throws Exception {
        write("log_0-9", segment());
        write("log_inprogress_10", Arrays.copyOf(segment(), PREALLOCATED));

        assertInOrder();
    }

    @Test
    void emptyOpenSegmentsAreInOrder() throws Exception {
        write("log_inprogress_0", new byte[0]);
        write("log_inprogress_1", new byte[PREALLOCATED]);
        write("log_inprogress_2", Arrays.copyOf("RaftLog1".getBytes(StandardCharsets.US_ASCII), PREALLOCATED));

        assertInOrder();
    }

    @Test
    void writeThatWasBrokenOffAtAnySectorIsInOrder() throws Exception {
        byte[] whole = segment();
        for (int cut = 512; cut < whole.length; cut += 512) {
            write("log_inprogress_0", Arrays.copyOf(Arrays.copyOf(whole, cut), PREALLOCATED));

            assertInOrder();
        }
    }

    @Test
    void openSegmentThatEndsWithinAnEntryIsInOrder() throws Exception {
        byte[] whole = segment();
        write("log_inprogress_0", Arrays.copyOf(whole, whole.length - 100));

        assertInOrder();
    }

    @Test
    void sectorThatNeverCameBeforeOthersThatDidIsInOrder() throws Exception {
        byte[] bytes = Arrays.copyOf(segment(), PREALLOCATED);
        int sector = (starts[5] / 512 + 1) * 512;
        Arrays.fill(bytes, sector, sector + 512, (byte) 0);
        write("log_inprogress_0", bytes);

        assertInOrder();
    }

    @Test
    void flippedBitAnywhereInAnOpenSegmentIsDamage() throws Exception {
        byte[] whole = Arrays.copyOf(segment(), PREALLOCATED);
        for (int trial = 0; trial < 200; trial++) {
            byte[] bytes = whole.clone();
            bytes[starts[0] + random.nextInt(starts[RECORDS - 1] - starts[0])] ^= (byte) (1 << random.nextInt(8));
            write("log_inprogress_0", bytes);

            assertDamaged("does not match its checksum");
        }
    }

    @Test
    void flippedBitInTheLastEntryIsDamage() throws Exception {
        byte[] bytes = Arrays.copyOf(segment(), PREALLOCATED);
        bytes[starts[RECORDS - 1] + 400] ^= 1;
        write("log_inprogress_0", bytes);

        assertDamaged("does not match its checksum");
    }

    @Test
    void closedSegmentThatLacksAnEntryIsDamage() throws Exception {
        byte[] whole = segment();
        write("log_0-9", Arrays.copyOf(whole, whole.length - 1));

        assertDamaged("has 9 entries");
    }

    @Test
    void flippedBitInAClosedSegmentIsDamage() throws Exception {
        byte[] bytes = segment();
        bytes[starts[4] + 17] ^= 4;
        write("log_0-9", bytes);

        assertDamaged("has 4 entries");
    }

    private void assertInOrder() {
        assertThatCode(() -> LogFiles.requireUndamaged(folder)).doesNotThrowAnyException();
    }

    private void assertDamaged(String how) {
        assertThatThrownBy(() -> LogFiles.requireUndamaged(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(how);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    /** A header and records as Ratis writes them. */
    private byte[] segment() throws IOException {
        var out = new ByteArrayOutputStream();
        out.write("RaftLog1".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < RECORDS; i++) {
            starts[i] = out.size();
            byte[] payload = new byte[RECORD_BYTES];
            random.nextBytes(payload);
            var record = new ByteArrayOutputStream();
            record.write((RECORD_BYTES & 0x7f) | 0x80);
            record.write(RECORD_BYTES >> 7);
            record.write(payload);
            var checksum = new CRC32C();
            checksum.update(record.toByteArray());
            record.write(
                    ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
            out.write(record.toByteArray());
        }
        starts[RECORDS] = out.size();
        return out.toByteArray();
    }
}

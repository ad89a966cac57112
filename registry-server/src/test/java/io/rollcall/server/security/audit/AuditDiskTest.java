package io.rollcall.server.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.api.audit.AuditFiles;
import io.rollcall.api.audit.AuditVerification;
import io.rollcall.api.audit.AuditVerification.Found;
import io.rollcall.server.config.AuditSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the audit log, and of writes, while the disk takes nothing. */
final class AuditDiskTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final FailingDisk disk = new FailingDisk();
    private int recorded;

    @BeforeEach
    void nothingYet() {
        recorded = 0;
    }

    private AuditLog open(boolean refuses) throws IOException {
        return open(refuses, Duration.ofMinutes(1));
    }

    private AuditLog open(boolean refuses, Duration denialsInterval) throws IOException {
        var settings = new AuditSettings(true, false, refuses, 1 << 20, 4, 10_000, denialsInterval, Duration.ZERO);
        return AuditLog.open(folder, "n1", settings, disk);
    }

    private void record(AuditLog log, int count) {
        for (var i = 0; i < count; i++) {
            recorded++;
            log.record(AuditLogTest.event("deployer", recorded, "orders", 201));
        }
    }

    private Found verified() throws IOException {
        var found = AuditVerification.verify(AuditFiles.in(folder), null);
        assertThat(found.broken()).isNull();
        return found;
    }

    private long lines(String kind) throws IOException {
        var count = 0L;
        for (var file : AuditFiles.in(folder)) {
            count += Files.readString(file)
                    .lines()
                    .filter(line -> line.contains("\"kind\":\"" + kind + "\"") && line.endsWith("}"))
                    .count();
        }
        return count;
    }

    private void failWhileRecording(AuditLog log) {
        var before = disk.failures.get();
        await().atMost(LIMIT).until(() -> {
            record(log, 10);
            return disk.failures.get() > before + 1;
        });
    }

    private void makeWhole() {
        disk.isFull = false;
        disk.failsToTruncate = false;
        disk.failsToSync = false;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAFullDiskDoesNotTakeIsCountedToTheLast(boolean failsToTruncate) throws IOException {
        try (var log = open(false)) {
            record(log, 5);
            await().atMost(LIMIT).until(() -> lines("event") == 5);
            disk.failsToTruncate = failsToTruncate;
            disk.isFull = true;
            failWhileRecording(log);
            // Asked to go on, it never refuses.
            assertThat(log.refusesWrites()).isFalse();
            makeWhole();
            await().atMost(LIMIT).until(() -> lines("gap") > 0);
            record(log, 5);
        }

        var found = verified();
        assertThat(found.gaps()).isPositive();
        assertThat(lines("event") + found.gaps()).isEqualTo(recorded);
        // Half a line that could not be taken back is the end of its file, and the next file says so.
        assertThat(AuditFiles.in(folder)).hasSizeGreaterThanOrEqualTo(failsToTruncate ? 2 : 1);
    }

    @Test
    void whereItIsAskedForWritesAreRefusedUntilTheDiskTakesLinesAgain() throws IOException {
        try (var log = open(true)) {
            record(log, 1);
            await().atMost(LIMIT).until(() -> lines("event") == 1);
            assertThat(log.refusesWrites()).isFalse();
            disk.isFull = true;
            record(log, 1);
            await().atMost(LIMIT).until(log::refusesWrites);
            makeWhole();
            // Nobody has to write for that: the log finds out by itself.
            await().atMost(LIMIT).until(() -> !log.refusesWrites());
        }

        assertThat(verified().gaps()).isEqualTo(1);
    }

    @Test
    void aDiskThatDoesNotKeepWhatItTookIsAFailureToo() throws IOException {
        try (var log = open(true)) {
            disk.failsToSync = true;
            record(log, 3);
            await().atMost(LIMIT).until(log::refusesWrites);
            makeWhole();
            await().atMost(LIMIT).until(() -> !log.refusesWrites());
        }

        assertThat(verified().gaps()).isZero();
        assertThat(lines("event")).isEqualTo(3);
    }

    @Test
    void aCountOfDenialsThatCannotBeWrittenIsLostAsThatMany() throws IOException {
        try (var log = open(false, Duration.ofMillis(200))) {
            disk.isFull = true;
            for (var i = 0; i < 41; i++) {
                log.record(AuditLogTest.event(null, i, "orders", 401));
            }
            // The first by itself, the others as their count.
            await().atMost(LIMIT).until(() -> disk.failures.get() >= 3);
            makeWhole();
            await().atMost(LIMIT).until(() -> lines("gap") > 0);
        }

        assertThat(verified().gaps()).isEqualTo(41);
        assertThat(lines("event") + lines("denials")).isZero();
    }
}

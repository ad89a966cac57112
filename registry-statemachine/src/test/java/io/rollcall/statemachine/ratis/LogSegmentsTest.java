package io.rollcall.statemachine.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogSegmentsTest {

    private static final long ALL = Long.MAX_VALUE;

    @TempDir
    Path folder;

    private LogSegments log;

    @BeforeEach
    void fill() throws IOException {
        file("log_0-99", 1_000);
        file("log_100-199", 1_000);
        file("log_200-299", 1_000);
        file("log_300-399", 1_000);
        file("log_inprogress_400", 500);
        file("raft-meta", 10);
        log = new LogSegments(folder);
    }

    private void file(String name, int bytes) throws IOException {
        Files.write(folder.resolve(name), new byte[bytes]);
    }

    private static LogLimits kept(long entries, long bytes) {
        return new LogLimits(1, 1, entries, bytes);
    }

    @Test
    void whatIsWithinBothLimitsIsKept() throws Exception {
        assertThat(log.disposable(399, kept(ALL, 4_000))).isEmpty();
        assertThat(log.disposable(399, kept(400, ALL))).isEmpty();
    }

    @Test
    void whatIsBeyondTheBytesGoes() throws Exception {
        assertThat(log.disposable(399, kept(ALL, 3_999))).hasValue(99);
        assertThat(log.disposable(399, kept(ALL, 2_500))).hasValue(199);
        assertThat(log.disposable(399, kept(ALL, 0))).hasValue(399);
    }

    @Test
    void whatIsBeyondTheEntriesGoes() throws Exception {
        assertThat(log.disposable(399, kept(300, ALL))).hasValue(99);
        assertThat(log.disposable(399, kept(150, ALL))).hasValue(199);
        assertThat(log.disposable(399, kept(0, ALL))).hasValue(399);
    }

    @Test
    void theNarrowerLimitHolds() throws Exception {
        assertThat(log.disposable(399, kept(150, 1_500))).hasValue(299);
        assertThat(log.disposable(399, kept(50, 2_500))).hasValue(299);
    }

    @Test
    void whatNoSnapshotHoldsNeitherGoesNorCounts() throws Exception {
        assertThat(log.disposable(250, kept(0, 0))).hasValue(199);
        assertThat(log.disposable(250, kept(ALL, 2_000))).isEmpty();
        assertThat(log.disposable(50, kept(0, 0))).isEmpty();
    }
}

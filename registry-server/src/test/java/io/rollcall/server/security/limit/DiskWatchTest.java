package io.rollcall.server.security.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class DiskWatchTest {

    private static final long MIB = 1 << 20;

    private long total = 100_000 * MIB;
    private long usable = 50_000 * MIB;
    private boolean fails;

    private final DiskWatch watch = new DiskWatch(
            new DiskWatch.Space() {
                @Override
                public long total() {
                    return total;
                }

                @Override
                public long usable() throws IOException {
                    if (fails) {
                        throw new IOException("gone");
                    }
                    return usable;
                }
            },
            512 * MIB);

    private boolean isNearlyFullAt(long mebibytes) {
        usable = mebibytes * MIB;
        watch.look();
        return watch.isNearlyFull();
    }

    @Test
    void nearlyFullBelowTheSettingAndOverOnlyWithSomeRoom() {
        assertThat(isNearlyFullAt(512)).isFalse();
        assertThat(isNearlyFullAt(511)).isTrue();
        assertThat(isNearlyFullAt(600)).isTrue();
        assertThat(isNearlyFullAt(640)).isFalse();
        assertThat(isNearlyFullAt(600)).isFalse();
    }

    @Test
    void ofSmallDisksATwentiethIsEnough() {
        total = 200 * MIB;

        assertThat(isNearlyFullAt(11)).isFalse();
        assertThat(isNearlyFullAt(9)).isTrue();
    }

    @Test
    void whatCannotBeToldChangesNothing() {
        assertThat(isNearlyFullAt(1)).isTrue();
        fails = true;

        assertThat(isNearlyFullAt(50_000)).isTrue();
    }
}

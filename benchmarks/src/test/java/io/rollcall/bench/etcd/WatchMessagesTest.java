package io.rollcall.bench.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class WatchMessagesTest {

    @Test
    void watchesAllKeysOfAPrefix() {
        var expected = new byte[] {0x0A, 8, 0x0A, 2, 'a', '/', 0x12, 2, 'a', '0'};

        assertThat(WatchMessages.create("a/".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(expected);
    }

    @Test
    void putsAKey() {
        assertThat(WatchMessages.put(new byte[] {'k'}, new byte[] {'v', 'w'}))
                .containsExactly(0x0A, 1, 'k', 0x12, 2, 'v', 'w');
    }

    @Test
    void tellsBeginAndEndOfAWatchApart() {
        var created = new byte[] {0x0A, 0, 0x18, 1};
        var canceled = new byte[] {0x0A, 0, 0x20, 1};

        assertThat(WatchMessages.isCreated(created)).isTrue();
        assertThat(WatchMessages.isCanceled(created)).isFalse();
        assertThat(WatchMessages.isCreated(canceled)).isFalse();
        assertThat(WatchMessages.isCanceled(canceled)).isTrue();
    }
}

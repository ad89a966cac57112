package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.app.Beat;
import io.rollcall.server.app.BeatResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BeatMessagesTest {

    private static final List<Beat> BEATS = List.of(
            new Beat(InstanceKey.of("default", "orders", "orders-1"), null),
            new Beat(InstanceKey.of("blue", "orders", "a:b~c"), 12L));

    private static final PeerMessages.Vouching VOUCHING = new PeerMessages.Vouching(7, "n2");

    private static final List<BeatResult> RESULTS = List.of(
            new BeatResult.Renewed(Duration.ofHours(24), Duration.ofHours(8)),
            new BeatResult.Unknown(),
            new BeatResult.Stale(1L << 40),
            new BeatResult.Unconfirmed(ErrorCode.OVERLOADED, "too much"));

    @Test
    void beatsArriveAsTheyWereSent() throws PeerException {
        assertThat(BeatMessages.asked(BeatMessages.asked(BEATS, VOUCHING)))
                .isEqualTo(new BeatMessages.Asked(BEATS, VOUCHING));
    }

    @Test
    void resultsArriveAsTheyWereSent() throws PeerException {
        assertThat(BeatMessages.results(BeatMessages.results(RESULTS))).isEqualTo(RESULTS);
    }

    @Test
    void whatFollowsIsPassedOver() throws PeerException {
        byte[] bytes = BeatMessages.results(RESULTS);

        assertThat(BeatMessages.results(Arrays.copyOf(bytes, bytes.length + 9))).isEqualTo(RESULTS);
    }

    @Test
    void whatIsCutOffIsRefused() {
        byte[] beats = BeatMessages.asked(BEATS, VOUCHING);
        byte[] results = BeatMessages.results(RESULTS);

        assertThatThrownBy(() -> BeatMessages.asked(Arrays.copyOf(beats, beats.length - 1)))
                .isInstanceOf(PeerException.class);
        assertThatThrownBy(() -> BeatMessages.results(Arrays.copyOf(results, results.length - 1)))
                .isInstanceOf(PeerException.class);
    }
}

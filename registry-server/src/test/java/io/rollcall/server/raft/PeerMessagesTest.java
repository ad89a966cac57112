package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PeerMessagesTest {

    private record Item(int featureLevel, String text) implements Proposal {
        @Override
        public byte[] encoded() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void settled(Disposition disposition) {
            throw new IllegalStateException("not offered");
        }
    }

    @Test
    void commandsComeAsTheyWent() throws Exception {
        byte[] bytes = PeerMessages.commands(List.of(new Item(1, "a"), new Item(7, "")));

        List<PeerMessages.Forwarded> read = PeerMessages.commands(bytes);

        assertThat(read).extracting(PeerMessages.Forwarded::featureLevel).containsExactly(1, 7);
        assertThat(read)
                .extracting(item -> new String(item.encoded(), StandardCharsets.UTF_8))
                .containsExactly("a", "");
    }

    @Test
    void whatIsCutOffIsAnError() {
        byte[] bytes = PeerMessages.commands(List.of(new Item(1, "abc")));

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PeerMessages.commands(cut)).isInstanceOf(PeerException.class);
        }
    }

    @Test
    void aNegativeLengthIsAnError() {
        byte[] bytes = {0, 0, 0, 1, 0, 0, 0, 1, -1, -1, -1, -1};

        assertThatThrownBy(() -> PeerMessages.commands(bytes)).isInstanceOf(PeerException.class);
    }

    @Test
    void aStatusComesAsItWent() throws Exception {
        var status = new PeerMessages.Status("candidate", 7, -1, 99, 100);

        assertThat(PeerMessages.Status.of(status.toBytes())).isEqualTo(status);
    }

    @Test
    void aVouchingComesAsItWent() throws Exception {
        var vouching = new PeerMessages.Vouching(7, "n-ü");

        assertThat(PeerMessages.Vouching.of(vouching.toBytes())).isEqualTo(vouching);
        assertThatThrownBy(() -> PeerMessages.Vouching.of(new byte[7])).isInstanceOf(PeerException.class);
    }

    @Test
    void aRoleOfANewerMemberIsUnknown() throws Exception {
        byte[] bytes = new PeerMessages.Status("leader", 7, 1, 2, 3).toBytes();
        bytes[0] = 99;

        assertThat(PeerMessages.Status.of(bytes).role()).isEqualTo("unknown");
    }

    @Test
    void aDispositionOfANewerMemberIsUnknown() {
        assertThat(Disposition.of((byte) 99)).isEqualTo(Disposition.UNKNOWN);
        assertThat(Disposition.of((byte) -1)).isEqualTo(Disposition.UNKNOWN);
        for (Disposition each : Disposition.values()) {
            assertThat(Disposition.of(each.code())).isEqualTo(each);
        }
    }
}

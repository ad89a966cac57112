package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.junit.jupiter.api.Test;

final class LocalDivisionTest {

    @Test
    void memberThatHasNotStartedAnswersAllTheSame() {
        var division = new LocalDivision(RaftPeerId.valueOf("n1"), RaftGroupId.valueOf(UUID.randomUUID()));

        assertThat(division.role()).isEqualTo("unknown");
        assertThat(division.leader()).isNull();
        assertThat(division.leaderReady()).isFalse();
        assertThat(division.term()).isZero();
        assertThat(division.appliedIndex()).isEqualTo(-1);
    }
}

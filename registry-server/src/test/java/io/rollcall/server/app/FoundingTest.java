package io.rollcall.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Member;
import io.rollcall.server.app.ClusterState.MemberState;
import io.rollcall.server.view.ClusterIdentity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FoundingTest {

    private static final Member N1 = new Member("n1", "127.0.0.1:1", 3);
    private static final Member N2 = new Member("n2", "127.0.0.1:2", 3);

    private ClusterIdentity identity = new ClusterIdentity("", 1, List.of());
    private boolean hasFirstToken = true;
    private boolean isAwaitingKeys;
    private long nanos = -5;

    private Founding founding(String... members) {
        return new Founding(clusterOf(members), () -> identity, () -> hasFirstToken, () -> isAwaitingKeys, () -> nanos);
    }

    private static ClusterState clusterOf(String... ids) {
        return new ClusterState() {
            @Override
            public String nodeId() {
                return ids[0];
            }

            @Override
            public Snapshot snapshot() {
                return new Snapshot(
                        ids[0],
                        1,
                        Stream.of(ids)
                                .map(id -> new MemberState(id, "unknown", "127.0.0.1:1", 1, 1, 0, true))
                                .toList());
            }
        };
    }

    @Test
    void lastsUntilNameMembersAndLevelAreThere() {
        var founding = founding("n1", "n2");

        assertThat(founding.isUnderWay()).isTrue();
        identity = new ClusterIdentity("c", 1, List.of());
        assertThat(founding.isUnderWay()).isTrue();
        identity = new ClusterIdentity("c", 1, List.of(N1));
        assertThat(founding.isUnderWay()).isTrue();
        identity = new ClusterIdentity("c", 1, List.of(N1, N2));
        assertThat(founding.isUnderWay()).isTrue();
        identity = new ClusterIdentity("c", 3, List.of(N1, N2));
        assertThat(founding.isUnderWay()).isFalse();
    }

    @Test
    void lastsUntilThereAreKeysToSealWith() {
        identity = new ClusterIdentity("c", 3, List.of(N1));
        isAwaitingKeys = true;
        var founding = founding("n1");

        assertThat(founding.isUnderWay()).isTrue();
        isAwaitingKeys = false;
        assertThat(founding.isUnderWay()).isFalse();
    }

    @Test
    void lastsUntilThereIsATokenToBeginWith() {
        identity = new ClusterIdentity("c", 3, List.of(N1, N2));
        hasFirstToken = false;
        var founding = founding("n1", "n2");

        assertThat(founding.isUnderWay()).isTrue();
        hasFirstToken = true;
        assertThat(founding.isUnderWay()).isFalse();
    }

    @Test
    void olderMemberSetsTheLevelThatIsWaitedFor() {
        identity = new ClusterIdentity("c", 2, List.of(N1, new Member("n2", "127.0.0.1:2", 2)));

        assertThat(founding("n1", "n2").isUnderWay()).isFalse();
    }

    @Test
    void levelThatMembersMayRaiseLaterIsNotWaitedForAgain() {
        identity = new ClusterIdentity("c", 3, List.of(N1, N2));
        var founding = founding("n1", "n2");
        founding.isUnderWay();

        identity = new ClusterIdentity(
                "c", 3, List.of(new Member("n1", "127.0.0.1:1", 4), new Member("n2", "127.0.0.1:2", 4)));

        assertThat(founding.isUnderWay()).isFalse();
    }

    @Test
    void memberThatNeverAnnouncesItselfIsNotWaitedForForEver() {
        identity = new ClusterIdentity("c", 1, List.of(N1));
        var founding = founding("n1", "n2");

        assertThat(founding.isUnderWay()).isTrue();
        nanos += Founding.PATIENCE.toNanos() - 1;
        assertThat(founding.isUnderWay()).isTrue();
        nanos += 1;
        assertThat(founding.isUnderWay()).isFalse();
    }
}

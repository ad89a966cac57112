package io.rollcall.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.watch.WatchEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContinuityTest {

    private static final ServiceKey ORDERS = ServiceKey.of("default", "orders");
    private static final ServiceKey USERS = ServiceKey.of("default", "users");

    private final Continuity continuity = new Continuity();

    private Continuity.Step snapshot(ServiceKey service, long index) {
        return continuity.next(
                new WatchEvent.Snapshot(service, index, List.of(), JsonNodeFactory.instance.objectNode()));
    }

    private Continuity.Step change(ServiceKey service, long from, long to) {
        var json = JsonNodeFactory.instance.objectNode().put("from", from).put("to", to);
        return continuity.next(new WatchEvent.Change(service, from, to, List.of(), List.of(), json));
    }

    private static void assertTold(Continuity.Step step, long from) {
        assertThat(step)
                .isInstanceOfSatisfying(
                        Continuity.Tell.class,
                        tell -> assertThat(tell.event()).isInstanceOfSatisfying(WatchEvent.Change.class, change -> {
                            assertThat(change.from()).isEqualTo(from);
                            assertThat(change.json().path("from").asLong()).isEqualTo(from);
                        }));
    }

    @Test
    void changesFollowTheirSnapshotOneByOne() {
        assertThat(snapshot(ORDERS, 5)).isInstanceOf(Continuity.Tell.class);
        assertTold(change(ORDERS, 5, 9), 5);
        assertTold(change(ORDERS, 9, 12), 9);
        assertThat(continuity.highest()).isEqualTo(12);
    }

    @Test
    void missingChangeIsAGap() {
        snapshot(ORDERS, 5);

        assertThat(change(ORDERS, 6, 9)).isInstanceOf(Continuity.Gap.class);
        assertThat(change(USERS, 5, 9)).isInstanceOf(Continuity.Gap.class);
    }

    @Test
    void streamThatGoesBackIsAGap() {
        snapshot(ORDERS, 5);
        change(ORDERS, 5, 9);

        assertThat(change(ORDERS, 5, 10)).isInstanceOf(Continuity.Gap.class);
        assertThat(change(ORDERS, 9, 9)).isInstanceOf(Continuity.Gap.class);
    }

    @Test
    void resumedStreamMayReachBackBehindWhatIsKnown() {
        snapshot(ORDERS, 5);
        snapshot(USERS, 3);
        change(ORDERS, 5, 9);
        continuity.resumed();

        assertThat(change(ORDERS, 5, 9)).isInstanceOf(Continuity.Skip.class);
        assertTold(change(ORDERS, 9, 11), 9);
        assertTold(change(USERS, 3, 10), 3);

        continuity.resumed();
        assertTold(change(ORDERS, 5, 14), 11);
        assertThat(change(ORDERS, 11, 16)).isInstanceOf(Continuity.Gap.class);
    }

    @Test
    void resumedStreamMustNotLeaveAnythingOut() {
        snapshot(ORDERS, 5);
        continuity.resumed();

        assertThat(change(ORDERS, 7, 9)).isInstanceOf(Continuity.Gap.class);
    }

    @Test
    void restartedStreamBeginsWithSnapshotsAndLeavesOutWhatIsGone() {
        snapshot(ORDERS, 5);
        snapshot(USERS, 7);
        continuity.restarted();

        assertThat(change(ORDERS, 5, 9)).isInstanceOf(Continuity.Gap.class);
        snapshot(ORDERS, 9);
        assertThat(continuity.takeUnheard()).containsExactly(USERS);
        assertThat(continuity.takeUnheard()).isEmpty();
        assertThat(continuity.highest()).isEqualTo(9);
    }
}

package io.rollcall.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.fake.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InstanceChangeTest {

    private static final ServiceKey ORDERS = ServiceKey.of("default", "orders");
    private static final ObjectNode JSON = JsonNodeFactory.instance.objectNode();
    private static final Instance A = Samples.instance("a", 1);
    private static final Instance B = Samples.instance("b", 1);
    private static final Instance HEAVY_B = Samples.instance("b", 9);

    private final WatchedServices services = new WatchedServices();

    private static WatchEvent.Snapshot snapshot(long index, Instance... instances) {
        return new WatchEvent.Snapshot(ORDERS, index, List.of(instances), JSON);
    }

    @Test
    void firstSnapshotBringsAll() {
        assertThat(InstanceChange.of(services, snapshot(5, B, A)))
                .containsExactly(new InstanceChange(A.key(), null, A), new InstanceChange(B.key(), null, B));
    }

    @Test
    void laterSnapshotTellsTheDifference() {
        services.apply(snapshot(5, A, B));

        assertThat(InstanceChange.of(services, snapshot(9, HEAVY_B)))
                .containsExactly(new InstanceChange(A.key(), A, null), new InstanceChange(B.key(), B, HEAVY_B));
    }

    @Test
    void changeTellsWhatWasNotKnown() {
        services.apply(snapshot(5, B));
        var removed = List.of(new InstanceId("b"), new InstanceId("never-seen"));

        assertThat(InstanceChange.of(services, new WatchEvent.Change(ORDERS, 5, 9, List.of(A), removed, JSON)))
                .containsExactly(new InstanceChange(A.key(), null, A), new InstanceChange(B.key(), B, null));
        assertThat(InstanceChange.of(services, new WatchEvent.Change(ORDERS, 5, 9, List.of(B), List.of(), JSON)))
                .as("the same again")
                .isEmpty();
        assertThat(InstanceChange.of(services, new WatchEvent.Sync(9, JSON))).isEmpty();
    }
}

package io.rollcall.client.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.fake.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchedServicesTest {

    private static final ServiceKey ORDERS = ServiceKey.of("default", "orders");
    private static final ObjectNode JSON = JsonNodeFactory.instance.objectNode();

    private final WatchedServices services = new WatchedServices();

    private static Instance instance(String id, int weight) {
        return Samples.instance(id, weight);
    }

    private void snapshot(long index, Instance... instances) {
        services.apply(new WatchEvent.Snapshot(ORDERS, index, List.of(instances), JSON));
    }

    private void change(long from, long to, List<Instance> upserted, String... removed) {
        var ids = List.of(removed).stream().map(InstanceId::new).toList();
        services.apply(new WatchEvent.Change(ORDERS, from, to, upserted, ids, JSON));
    }

    private List<String> ids() {
        return services.instances(ORDERS).stream()
                .map(instance -> instance.key().id().value())
                .toList();
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(services.services()).isEmpty();
        assertThat(ids()).isEmpty();
        assertThat(services.index(ORDERS)).isZero();
    }

    @Test
    void eventsComeToThePresentInstancesInTheOrderOfIds() {
        snapshot(5, instance("b", 1), instance("a", 1));
        change(5, 9, List.of(instance("c", 1), instance("a", 7)), "b", "never-there");

        assertThat(ids()).containsExactly("a", "c");
        assertThat(services.instances(ORDERS).get(0).registration().weight()).isEqualTo(7);
        assertThat(services.index(ORDERS)).isEqualTo(9);
    }

    @Test
    void anotherSnapshotReplacesAll() {
        snapshot(5, instance("a", 1), instance("b", 1));
        snapshot(12, instance("c", 1));

        assertThat(ids()).containsExactly("c");
        assertThat(services.services()).containsExactly(ORDERS);
    }

    @Test
    void syncMovesTheIndexAlone() {
        snapshot(5, instance("a", 1));
        services.apply(new WatchEvent.Sync(30, JSON));

        assertThat(services.index()).isEqualTo(30);
        assertThat(services.index(ORDERS)).isEqualTo(5);
        assertThat(ids()).containsExactly("a");
    }

    @Test
    void changeThatDoesNotBeginWhereItsServiceIsFails() {
        snapshot(5, instance("a", 1));

        assertThatThrownBy(() -> change(4, 9, List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("known is it up to 5");
        assertThat(services.index(ORDERS)).isEqualTo(5);
    }
}

package io.rollcall.statemachine.store;

import static io.rollcall.statemachine.store.Records.instance;
import static io.rollcall.statemachine.store.Records.key;
import static io.rollcall.statemachine.store.Records.lease;
import static io.rollcall.statemachine.store.Records.request;
import static io.rollcall.statemachine.store.Records.service;
import static io.rollcall.statemachine.store.Records.tombstone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Member;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.ClusterRecord;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.LeaseRecord;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.Mutation.PutInstance;
import io.rollcall.statemachine.state.Mutation.PutLease;
import io.rollcall.statemachine.state.Mutation.PutRequest;
import io.rollcall.statemachine.state.Mutation.PutService;
import io.rollcall.statemachine.state.Mutation.PutTombstone;
import io.rollcall.statemachine.state.Mutation.RemoveInstance;
import io.rollcall.statemachine.state.Mutation.RemoveLease;
import io.rollcall.statemachine.state.Mutation.RemoveRequest;
import io.rollcall.statemachine.state.Mutation.RemoveTombstone;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.store.RegistryStore.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every store promises; the real one and the one for tests both keep it. */
abstract class RegistryStoreContract implements HistoryStoreContract, ConfigStoreContract, AclStoreContract {

    private final List<RegistryStore> opened = new ArrayList<>();
    private RegistryStore store;

    /** Opens an empty store, a new one at each call. */
    abstract RegistryStore create() throws Exception;

    @AfterEach
    void closeStores() {
        opened.forEach(RegistryStore::close);
    }

    @Test
    void emptyStoreHasNothing() throws Exception {
        StateReader reader = store().reader();

        assertThat(reader.applied()).isEqualTo(AppliedPosition.START);
        assertThat(reader.cluster()).isEqualTo(ClusterRecord.UNFOUNDED);
        assertThat(reader.instance(A)).isNull();
        assertThat(reader.tombstone(A)).isNull();
        assertThat(reader.service(A.service())).isNull();
        assertThat(reader.lease(A)).isNull();
        assertThat(reader.request("r")).isNull();
        assertThat(reader.history()).isEqualTo(HistoryRecord.EMPTY);
        assertThat(reader.oldestEvents(10)).isEmpty();
        assertThat(reader.requestsBefore(Long.MAX_VALUE, 10)).isEmpty();
        assertThat(reader.tombstonesBefore(Long.MAX_VALUE, 10)).isEmpty();
        assertThat(instances(store())).isEmpty();
        assertThat(services(store())).isEmpty();
        assertThat(leases(store())).isEmpty();
        assertThat(store().digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void committedRecordsAreReadBack() throws Exception {
        ClusterRecord cluster = new ClusterRecord("c", 1, List.of(new Member("n1", "127.0.0.1:8500", 1)));

        commit(
                store(),
                1,
                new PutInstance(instance(A, 1)),
                new PutTombstone(tombstone(B, 7, 100)),
                new PutService(service("orders", 1)),
                new PutRequest(request("r", 100, instance(A, 1))),
                new Mutation.PutCluster(cluster));

        StateReader reader = store().reader();
        assertThat(reader.instance(A)).isEqualTo(instance(A, 1));
        assertThat(reader.tombstone(B)).isEqualTo(tombstone(B, 7, 100));
        assertThat(reader.service(A.service())).isEqualTo(service("orders", 1));
        assertThat(reader.request("r")).isEqualTo(request("r", 100, instance(A, 1)));
        assertThat(reader.cluster()).isEqualTo(cluster);
        assertThat(reader.applied()).isEqualTo(position(1));
    }

    @Test
    void removedRecordsAreGone() throws Exception {
        commit(
                store(),
                1,
                new PutInstance(instance(A, 1)),
                new PutTombstone(tombstone(B, 7, 100)),
                new PutRequest(request("r", 100)));

        commit(store(), 2, new RemoveInstance(A), new RemoveTombstone(B), new RemoveRequest("r"));

        StateReader reader = store().reader();
        assertThat(reader.instance(A)).isNull();
        assertThat(reader.tombstone(B)).isNull();
        assertThat(reader.request("r")).isNull();
        assertThat(reader.requestsBefore(Long.MAX_VALUE, 10)).isEmpty();
        assertThat(reader.tombstonesBefore(Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void transactionReadsItsOwnWritesAndNobodyElseDoes() throws Exception {
        commit(store(), 1, new PutInstance(instance(B, 1)));
        StateReader reader = store().reader();

        try (Transaction transaction = store().begin()) {
            transaction.put(new PutInstance(instance(A, 2)));
            transaction.put(new RemoveInstance(B));
            transaction.put(new PutRequest(request("r", 5)));
            transaction.put(new PutTombstone(tombstone(B, 1, 6)));

            assertThat(transaction.instance(A)).isEqualTo(instance(A, 2));
            assertThat(transaction.instance(B)).isNull();
            assertThat(transaction.request("r")).isEqualTo(request("r", 5));
            assertThat(transaction.requestsBefore(6, 10)).containsExactly("r");
            assertThat(transaction.tombstonesBefore(7, 10)).containsExactly(B);
            assertThat(transaction.applied()).isEqualTo(position(1));
            assertThat(reader.instance(A)).isNull();
            assertThat(reader.instance(B)).isEqualTo(instance(B, 1));
            assertThat(reader.requestsBefore(6, 10)).isEmpty();
            transaction.commit(position(2));
        }

        assertThat(reader.instance(A)).isEqualTo(instance(A, 2));
        assertThat(reader.instance(B)).isNull();
        assertThat(reader.requestsBefore(6, 10)).containsExactly("r");
    }

    @Test
    void transactionThatIsClosedLeavesNothing() throws Exception {
        commit(store(), 1, new PutInstance(instance(A, 1)));
        String digest = store().digest();

        try (Transaction transaction = store().begin()) {
            transaction.put(new RemoveInstance(A));
            transaction.put(new PutInstance(instance(B, 2)));
        }

        assertThat(instances(store())).containsExactly(instance(A, 1));
        assertThat(store().digest()).isEqualTo(digest);
        assertThat(store().reader().applied()).isEqualTo(position(1));
    }

    @Test
    void onlyOneTransactionIsOpen() throws Exception {
        try (Transaction transaction = store().begin()) {
            assertThatThrownBy(() -> store().begin()).isInstanceOf(IllegalStateException.class);
            transaction.commit(position(1));
            assertThatThrownBy(() -> transaction.commit(position(2))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> transaction.put(new RemoveInstance(A))).isInstanceOf(IllegalStateException.class);
        }

        commit(store(), 2);
    }

    @Test
    void positionNeverRunsBack() throws Exception {
        commit(store(), 2);

        assertThatThrownBy(() -> commit(store(), 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void instancesAndServicesComeInTheOrderOfTheirKeys() throws Exception {
        List<InstanceKey> keys = List.of(
                InstanceKey.of("a", "x", "1"),
                InstanceKey.of("a", "x", "10"),
                InstanceKey.of("a", "x", "2"),
                InstanceKey.of("a", "x-y", "1"),
                InstanceKey.of("a", "x.y", "1"),
                InstanceKey.of("a", "xy", "1"),
                InstanceKey.of("a-b", "x", "1"),
                InstanceKey.of("ab", "A", "~"),
                InstanceKey.of("ab", "a", "-"));
        List<Mutation> puts = new ArrayList<>();
        for (InstanceKey key : keys) {
            puts.add(0, new PutInstance(instance(key, 1)));
            puts.add(
                    0,
                    new PutService(
                            new ServiceRecord(key.service(), service("x", 1).lastIndexes())));
        }

        commit(store(), 1, puts.toArray(Mutation[]::new));

        assertThat(instances(store())).extracting(InstanceRecord::key).containsExactlyElementsOf(keys);
        List<ServiceKey> serviceKeys =
                services(store()).stream().map(ServiceRecord::key).toList();
        assertThat(serviceKeys).hasSize(7).isSorted();
    }

    @Test
    void leaseMarksAreReadBackReplacedAndRemoved() throws Exception {
        String before = store().digest();

        commit(store(), 1, new PutLease(lease(B, 1)), new PutLease(lease(A, 1)));
        commit(store(), 2, new PutLease(lease(A, 2)));
        assertThat(store().reader().lease(A)).isEqualTo(lease(A, 2));
        assertThat(leases(store())).containsExactly(lease(A, 2), lease(B, 1));
        try (Transaction transaction = store().begin()) {
            transaction.put(new RemoveLease(A));
            assertThat(transaction.lease(A)).isNull();
            assertThat(transaction.lease(B)).isEqualTo(lease(B, 1));
            assertThat(store().reader().lease(A)).isEqualTo(lease(A, 2));
            transaction.put(new RemoveLease(B));
            transaction.commit(position(3));
        }

        assertThat(leases(store())).isEmpty();
        assertThat(store().reader().lease(A)).isNull();
        RegistryStore untouched = another();
        assertThat(untouched.digest()).isEqualTo(before);
        commit(untouched, 3);
        assertThat(store().digest()).isEqualTo(untouched.digest());
    }

    @Test
    void leaseMarksCountInTheDigest() throws Exception {
        RegistryStore other = another();
        commit(store(), 1, new PutLease(lease(A, 1)));
        commit(other, 1);

        assertThat(store().digest()).isNotEqualTo(other.digest());
    }

    @Test
    void oldRecordsAreFoundOldestFirst() throws Exception {
        commit(
                store(),
                1,
                new PutRequest(request("b", 20)),
                new PutRequest(request("c", 10)),
                new PutRequest(request("a", 20)),
                new PutRequest(request("d", 30)),
                new PutTombstone(tombstone(B, 1, 10)),
                new PutTombstone(tombstone(A, 1, 10)));

        StateReader reader = store().reader();
        assertThat(reader.requestsBefore(30, 10)).containsExactly("c", "a", "b");
        assertThat(reader.requestsBefore(30, 2)).containsExactly("c", "a");
        assertThat(reader.requestsBefore(10, 10)).isEmpty();
        assertThat(reader.requestsBefore(-5, 10)).isEmpty();
        assertThat(reader.tombstonesBefore(11, 10)).containsExactly(A, B);
    }

    @Test
    void whatATransactionForgetsIsNotFoundAgain() throws Exception {
        commit(
                store(),
                1,
                new PutRequest(request("a", 1)),
                new PutRequest(request("b", 2)),
                new PutRequest(request("c", 3)),
                new PutRequest(request("d", 4)));

        try (Transaction transaction = store().begin()) {
            transaction.requestsBefore(3, 10).forEach(id -> transaction.put(new RemoveRequest(id)));
            transaction.put(new PutRequest(request("e", 0)));
            assertThat(transaction.requestsBefore(5, 2)).containsExactly("e", "c");
            transaction.put(new RemoveRequest("c"));
            assertThat(transaction.requestsBefore(5, 10)).containsExactly("e", "d");
            transaction.commit(position(2));
        }

        assertThat(store().reader().requestsBefore(5, 10)).containsExactly("e", "d");
        assertThat(store().reader().request("c")).isNull();
        try (Transaction transaction = store().begin()) {
            assertThat(transaction.requestsBefore(5, 10)).containsExactly("e", "d");
        }
    }

    @Test
    void tombstoneThatIsReplacedIsFoundAtItsNewTime() throws Exception {
        commit(store(), 1, new PutTombstone(tombstone(A, 1, 10)));

        commit(store(), 2, new PutTombstone(tombstone(A, 2, 20)));

        assertThat(store().reader().tombstonesBefore(11, 10)).isEmpty();
        assertThat(store().reader().tombstonesBefore(21, 10)).containsExactly(A);
        assertThat(store().reader().tombstone(A)).isEqualTo(tombstone(A, 2, 20));
    }

    @Test
    void digestIsThatOfTheStateAndNotOfTheWayThere() throws Exception {
        RegistryStore first = store();
        RegistryStore second = another();

        commit(first, 1, new PutInstance(instance(A, 1)), new PutRequest(request("r", 1)));
        commit(first, 2, new PutInstance(instance(B, 2)), new PutTombstone(tombstone(A, 1, 9)));
        commit(first, 3, new PutInstance(instance(A, 3)), new RemoveTombstone(A), new RemoveRequest("r"));
        commit(second, 3, new PutInstance(instance(B, 2)), new PutInstance(instance(A, 3)));

        assertThat(first.digest()).isEqualTo(second.digest());
    }

    @Test
    void digestTellsStatesAndIndexesApart() throws Exception {
        RegistryStore first = store();
        RegistryStore second = another();
        commit(first, 1, new PutInstance(instance(A, 1)));
        commit(second, 1, new PutInstance(instance(A, 2)));

        assertThat(first.digest()).isNotEqualTo(second.digest());

        commit(second, 1, new PutInstance(instance(A, 1)));
        assertThat(first.digest()).isEqualTo(second.digest());
        commit(second, 2);
        assertThat(first.digest()).isNotEqualTo(second.digest());
    }

    @Override
    public final RegistryStore store() throws Exception {
        if (store == null) {
            store = another();
        }
        return store;
    }

    @Override
    public final RegistryStore another() throws Exception {
        RegistryStore created = create();
        opened.add(created);
        return created;
    }

    static void commit(RegistryStore store, long index, Mutation... mutations) {
        try (Transaction transaction = store.begin()) {
            for (Mutation mutation : mutations) {
                transaction.put(mutation);
            }
            transaction.commit(position(index));
        }
    }

    static AppliedPosition position(long index) {
        return Records.position(index);
    }

    static List<InstanceRecord> instances(RegistryStore store) {
        List<InstanceRecord> instances = new ArrayList<>();
        store.forEachInstance(instances::add);
        return instances;
    }

    static List<ConfigRecord> configs(RegistryStore store) {
        List<ConfigRecord> configs = new ArrayList<>();
        store.forEachConfig(configs::add);
        return configs;
    }

    static List<LeaseRecord> leases(RegistryStore store) {
        List<LeaseRecord> leases = new ArrayList<>();
        store.forEachLease(leases::add);
        return leases;
    }

    static List<ServiceRecord> services(RegistryStore store) {
        List<ServiceRecord> services = new ArrayList<>();
        store.forEachService(services::add);
        return services;
    }
}

package io.rollcall.statemachine.store;

import static io.rollcall.statemachine.store.Records.config;
import static io.rollcall.statemachine.store.Records.configDeletion;
import static io.rollcall.statemachine.store.Records.configValue;
import static io.rollcall.statemachine.store.Records.event;
import static io.rollcall.statemachine.store.Records.instance;
import static io.rollcall.statemachine.store.Records.key;
import static io.rollcall.statemachine.store.Records.lease;
import static io.rollcall.statemachine.store.Records.request;
import static io.rollcall.statemachine.store.Records.service;
import static io.rollcall.statemachine.store.Records.tombstone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Member;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.codec.EventPrefix;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.ClusterRecord;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.EventMark;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.LeaseRecord;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.Mutation.PutConfig;
import io.rollcall.statemachine.state.Mutation.PutEvent;
import io.rollcall.statemachine.state.Mutation.PutInstance;
import io.rollcall.statemachine.state.Mutation.PutLease;
import io.rollcall.statemachine.state.Mutation.PutRequest;
import io.rollcall.statemachine.state.Mutation.PutService;
import io.rollcall.statemachine.state.Mutation.PutTombstone;
import io.rollcall.statemachine.state.Mutation.RemoveConfigVersion;
import io.rollcall.statemachine.state.Mutation.RemoveInstance;
import io.rollcall.statemachine.state.Mutation.RemoveLease;
import io.rollcall.statemachine.state.Mutation.RemoveOldestEvents;
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
abstract class RegistryStoreContract {

    private static final InstanceKey A = key("orders", "a");
    private static final InstanceKey B = key("orders", "b");

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
    void newestConfigIsReadBackWithItsVersionsAndTheirValues() throws Exception {
        ConfigKey key = ConfigKey.of("default", "orders/db.url");

        commit(store(), 1, new PutConfig(config(key, 1), configValue("a")));
        commit(store(), 2, new PutConfig(config(key, 2), configValue("b")));
        commit(store(), 3, new PutConfig(configDeletion(key, 3), null));

        StateReader reader = store().reader();
        assertThat(reader.config(key)).isEqualTo(configDeletion(key, 3));
        assertThat(reader.configVersion(new ConfigVersionKey(key, 1))).isEqualTo(config(key, 1));
        assertThat(reader.configVersion(new ConfigVersionKey(key, 3))).isEqualTo(configDeletion(key, 3));
        assertThat(reader.configVersion(new ConfigVersionKey(key, 4))).isNull();
        assertThat(reader.configValue(new ConfigVersionKey(key, 2))).isEqualTo(configValue("b"));
        assertThat(reader.configValue(new ConfigVersionKey(key, 3))).isNull();
        assertThat(configs(store())).containsExactly(configDeletion(key, 3));
    }

    @Test
    void removedConfigVersionIsGoneWithItsValue() throws Exception {
        ConfigKey key = ConfigKey.of("default", "orders/db.url");
        RegistryStore never = another();
        commit(store(), 1, new PutConfig(config(key, 1), configValue("a")));
        commit(store(), 2, new PutConfig(config(key, 2), configValue("b")));
        commit(never, 2, new PutConfig(config(key, 2), configValue("b")));
        assertThat(store().digest()).isNotEqualTo(never.digest());

        try (Transaction transaction = store().begin()) {
            transaction.put(new RemoveConfigVersion(new ConfigVersionKey(key, 1)));
            assertThat(transaction.configVersion(new ConfigVersionKey(key, 1))).isNull();
            assertThat(transaction.configValue(new ConfigVersionKey(key, 1))).isNull();
            assertThat(store().reader().configValue(new ConfigVersionKey(key, 1)))
                    .isEqualTo(configValue("a"));
            transaction.commit(position(2));
        }

        assertThat(store().reader().configVersion(new ConfigVersionKey(key, 1))).isNull();
        assertThat(store().reader().configValue(new ConfigVersionKey(key, 1))).isNull();
        assertThat(store().reader().config(key)).isEqualTo(config(key, 2));
        assertThat(store().digest()).isEqualTo(never.digest());
    }

    @Test
    void valueOfAConfigVersionCountsInTheDigest() throws Exception {
        ConfigKey key = ConfigKey.of("default", "a");
        RegistryStore other = another();
        commit(store(), 1, new PutConfig(config(key, 1), configValue("ab")));
        commit(other, 1, new PutConfig(config(key, 1), configValue("ac")));

        assertThat(store().digest()).isNotEqualTo(other.digest());
    }

    @Test
    void historyOfABlankRegistryKnowsAll() throws Exception {
        commit(store(), 5);

        commit(store(), 6, new PutService(service("orders", 6)), new PutEvent(event(A, 6)));

        HistoryRecord history = store().reader().history();
        assertThat(history.fromIndex()).isZero();
        assertThat(history.fromMillis()).isZero();
        assertThat(history.events()).isEqualTo(1);
    }

    @Test
    void historyOfAnOlderStoreBeginsWithItsFirstEvent() throws Exception {
        commit(store(), 5, new PutService(service("orders", 5)));

        commit(store(), 6, new PutEvent(event(A, 6)));
        commit(store(), 8, new PutEvent(event(A, 7)), new PutEvent(event(B, 8)));

        HistoryRecord history = store().reader().history();
        assertThat(history.fromIndex()).isEqualTo(5);
        assertThat(history.fromMillis()).isEqualTo(position(5).clockMillis());
        assertThat(history.events()).isEqualTo(3);
        List<EventMark> oldest = store().reader().oldestEvents(10);
        assertThat(oldest).extracting(EventMark::index).containsExactly(6L, 7L, 8L);
        assertThat(oldest)
                .extracting(EventMark::timeMillis)
                .containsExactly(
                        position(6).clockMillis(),
                        position(7).clockMillis(),
                        position(8).clockMillis());
        assertThat(history.bytes())
                .isEqualTo(oldest.stream().mapToLong(EventMark::bytes).sum());
        assertThat(oldest.get(1).bytes()).isGreaterThan(oldest.get(0).bytes());
    }

    @Test
    void oldestEventsGoAndTheHistoryBeginsBehindThem() throws Exception {
        commit(store(), 4, new PutEvent(event(B, 1)), new PutEvent(event(A, 2)), new PutEvent(event(B, 3)));
        long before = store().reader().history().bytes();
        long gone = store().reader().oldestEvents(2).stream()
                .mapToLong(EventMark::bytes)
                .sum();

        try (Transaction transaction = store().begin()) {
            transaction.put(new PutEvent(event(A, 5)));
            transaction.put(new RemoveOldestEvents(1));
            assertThat(transaction.oldestEvents(10))
                    .extracting(EventMark::index)
                    .as("what is left, but for the entry's own")
                    .containsExactly(2L, 3L);
            transaction.put(new RemoveOldestEvents(1));
            assertThat(transaction.history().events()).isEqualTo(2);
            transaction.commit(position(5));
        }

        HistoryRecord history = store().reader().history();
        assertThat(history.fromIndex()).isEqualTo(2);
        assertThat(history.fromMillis()).isEqualTo(position(2).clockMillis());
        assertThat(store().reader().oldestEvents(10))
                .extracting(EventMark::index)
                .containsExactly(3L, 5L);
        long added = store().reader().oldestEvents(10).get(1).bytes();
        assertThat(history.bytes()).isEqualTo(before - gone + added);
        RegistryStore other = another();
        commit(other, 4, new PutEvent(event(B, 1)), new PutEvent(event(A, 2)), new PutEvent(event(B, 3)));
        commit(other, 5, new PutEvent(event(A, 5)), new RemoveOldestEvents(2));
        assertThat(store().digest()).isEqualTo(other.digest());
    }

    @Test
    void aMomentShowsNothingThatComesLater() throws Exception {
        commit(store(), 2, new PutInstance(instance(A, 2)), new PutEvent(event(A, 2)));

        store().atOneMoment(moment -> {
            commit(storeNow(), 3, new PutInstance(instance(B, 3)), new PutEvent(event(B, 3)), new RemoveInstance(A));
            assertThat(moment.applied()).isEqualTo(position(2));
            assertThat(moment.history().events()).isEqualTo(1);
            assertThat(moment.instance(A)).isEqualTo(instance(A, 2));
            assertThat(moment.service(A.service())).isNull();
            assertThat(moment.oldestEvent().index()).isEqualTo(2);
            List<InstanceRecord> found = new ArrayList<>();
            moment.forEachInstance(A.service(), found::add);
            assertThat(found).containsExactly(instance(A, 2));
            assertThat(eventsBack(moment, A.service(), Long.MAX_VALUE)).containsExactly(2L);
            assertThat(moment.indexAt(Long.MAX_VALUE)).isEqualTo(2);
            return null;
        });
        assertThat(store().<Long>atOneMoment(moment -> moment.applied().registryIndex()))
                .isEqualTo(3);
    }

    @Test
    void eventsOfAServiceAreFoundInBothOrders() throws Exception {
        InstanceKey neighbour = key("orders-2", "a");
        InstanceKey shorter = key("order", "a");
        for (int i = 1; i <= 10; i++) {
            commit(store(), i, new PutEvent(event(i % 3 == 0 ? neighbour : i % 3 == 1 ? A : shorter, i)));
        }
        commit(store(), 11, new RemoveOldestEvents(2));

        store().atOneMoment(moment -> {
            assertThat(eventsBack(moment, A.service(), 100)).containsExactly(10L, 7L, 4L);
            assertThat(eventsBack(moment, A.service(), 9)).containsExactly(7L, 4L);
            assertThat(eventsBack(moment, A.service(), 1)).isEmpty();
            assertThat(eventsForward(moment, shorter.service(), 0)).containsExactly(5L, 8L);
            assertThat(eventsForward(moment, shorter.service(), 6)).containsExactly(8L);
            assertThat(eventsForward(moment, key("none", "a").service(), 0)).isEmpty();
            moment.eventsForward(A.service(), 5, found -> {
                assertThat(found.event()).isEqualTo(event(A, 7));
                assertThat(found.isOf(EventPrefix.of(A))).isTrue();
                assertThat(found.isOf(EventPrefix.of(key("orders", "a2")))).isFalse();
                return false;
            });
            return null;
        });
    }

    @Test
    void theIndexOfAnInstantIsThatOfTheNewestEventBeforeIt() throws Exception {
        for (long index : new long[] {3, 4, 7, 100, 101, 102, 5_000}) {
            commit(store(), index, new PutEvent(event(A, index)));
        }
        commit(store(), 5_001, new RemoveOldestEvents(1));

        store().atOneMoment(moment -> {
            for (long[] expected : new long[][] {
                {3, 3},
                {4, 4},
                {6, 4},
                {7, 7},
                {99, 7},
                {100, 100},
                {102, 102},
                {4_999, 102},
                {5_000, 5_000},
                {9_999, 5_000}
            }) {
                assertThat(moment.indexAt(position(expected[0]).clockMillis())).isEqualTo(expected[1]);
            }
            return null;
        });
    }

    private static List<Long> eventsBack(Moment moment, ServiceKey service, long fromIndex) {
        List<Long> indexes = new ArrayList<>();
        moment.eventsBack(service, fromIndex, found -> indexes.add(found.index()));
        return indexes;
    }

    private static List<Long> eventsForward(Moment moment, ServiceKey service, long fromIndex) {
        List<Long> indexes = new ArrayList<>();
        moment.eventsForward(service, fromIndex, found -> indexes.add(found.index()));
        return indexes;
    }

    @Test
    void eventsCountInTheDigest() throws Exception {
        RegistryStore other = another();
        commit(store(), 1, new PutEvent(event(A, 1)));
        commit(other, 1, new PutEvent(event(B, 1)));

        assertThat(store().digest()).isNotEqualTo(other.digest());
    }

    @Test
    void configsComeInTheOrderOfTheirKeysAndNoVersionOfOneIsAnothers() throws Exception {
        List<ConfigKey> keys = List.of(
                ConfigKey.of("a", "b"),
                ConfigKey.of("a", "b-c"),
                ConfigKey.of("a", "b/c"),
                ConfigKey.of("a", "b0"),
                ConfigKey.of("a-b", "a"));
        List<Mutation> puts = new ArrayList<>();
        keys.forEach(key -> puts.add(0, new PutConfig(config(key, 300), configValue(key.path()))));

        commit(store(), 1, puts.toArray(Mutation[]::new));

        assertThat(configs(store())).extracting(ConfigRecord::key).containsExactlyElementsOf(keys);
        assertThat(keys)
                .allSatisfy(key -> assertThat(store().reader().configValue(new ConfigVersionKey(key, 300)))
                        .isEqualTo(configValue(key.path())));
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

    final RegistryStore store() throws Exception {
        if (store == null) {
            store = another();
        }
        return store;
    }

    private RegistryStore storeNow() {
        return store;
    }

    final RegistryStore another() throws Exception {
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

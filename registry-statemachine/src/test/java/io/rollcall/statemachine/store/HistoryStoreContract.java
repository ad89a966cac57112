package io.rollcall.statemachine.store;

import static io.rollcall.statemachine.store.Records.event;
import static io.rollcall.statemachine.store.Records.instance;
import static io.rollcall.statemachine.store.Records.key;
import static io.rollcall.statemachine.store.Records.service;
import static io.rollcall.statemachine.store.RegistryStoreContract.commit;
import static io.rollcall.statemachine.store.RegistryStoreContract.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.codec.EventPrefix;
import io.rollcall.statemachine.state.EventMark;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.Mutation.PutEvent;
import io.rollcall.statemachine.state.Mutation.PutInstance;
import io.rollcall.statemachine.state.Mutation.PutService;
import io.rollcall.statemachine.state.Mutation.RemoveInstance;
import io.rollcall.statemachine.state.Mutation.RemoveOldestEvents;
import io.rollcall.statemachine.state.Mutation.ReplaceEvent;
import io.rollcall.statemachine.store.RegistryStore.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store promises of the history. */
interface HistoryStoreContract {

    InstanceKey A = key("orders", "a");
    InstanceKey B = key("orders", "b");

    /** The store of the test, empty at first. */
    RegistryStore store() throws Exception;

    /** An empty store besides it. */
    RegistryStore another() throws Exception;

    @Test
    default void historyOfABlankRegistryKnowsAll() throws Exception {
        commit(store(), 5);

        commit(store(), 6, new PutService(service("orders", 6)), new PutEvent(event(A, 6)));

        HistoryRecord history = store().reader().history();
        assertThat(history.fromIndex()).isZero();
        assertThat(history.fromMillis()).isZero();
        assertThat(history.events()).isEqualTo(1);
    }

    @Test
    default void historyOfAnOlderStoreBeginsWithItsFirstEvent() throws Exception {
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
    default void oldestEventsGoAndTheHistoryBeginsBehindThem() throws Exception {
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
    default void replacedEventCountsAsIfItHadAlwaysBeenSo() throws Exception {
        EventRecord longer = event(A, 3).withBefore(instance(key("orders", "a-longer-id"), 2));
        commit(store(), 4, new PutEvent(event(A, 1)), new PutEvent(event(A, 3)), new PutEvent(event(B, 4)));

        commit(store(), 5, new ReplaceEvent(event(A, 3)), new ReplaceEvent(longer));

        RegistryStore other = another();
        commit(other, 4, new PutEvent(event(A, 1)), new PutEvent(longer), new PutEvent(event(B, 4)));
        commit(other, 5);
        assertThat(store().reader().event(A.service(), 3)).isEqualTo(longer);
        assertThat(store().reader().history()).isEqualTo(other.reader().history());
        assertThat(store().reader().oldestEvents(10)).isEqualTo(other.reader().oldestEvents(10));
        assertThat(store().digest()).isEqualTo(other.digest());
    }

    @Test
    default void eventThatGoesInTheEntryThatReplacesItLeavesNothing() throws Exception {
        EventRecord longer = event(A, 1).withBefore(instance(key("orders", "a-longer-id"), 2));
        commit(store(), 4, new PutEvent(event(A, 1)), new PutEvent(event(A, 3)));

        try (Transaction transaction = store().begin()) {
            transaction.put(new ReplaceEvent(longer));
            transaction.put(new RemoveOldestEvents(1));
            assertThat(transaction.event(A.service(), 1)).isNull();
            transaction.commit(position(5));
        }

        RegistryStore other = another();
        commit(other, 4, new PutEvent(event(A, 1)), new PutEvent(event(A, 3)));
        commit(other, 5, new RemoveOldestEvents(1));
        assertThat(store().reader().history()).isEqualTo(other.reader().history());
        assertThat(store().digest()).isEqualTo(other.digest());
    }

    @Test
    default void allEventsAreGoneThroughInTheOrderOfTheirIndexes() throws Exception {
        InstanceKey neighbour = key("orders-2", "a");
        commit(
                store(),
                5,
                new PutEvent(event(A, 1)),
                new PutEvent(event(neighbour, 2)),
                new PutEvent(event(A, 3)),
                new PutEvent(event(neighbour, 5)));

        List<Long> found = new ArrayList<>();
        store().atOneMoment(moment -> {
            moment.eventsFrom(2, event -> found.add(event.index()) && event.index() < 3);
            return null;
        });

        assertThat(found).containsExactly(2L, 3L);
    }

    @Test
    default void aMomentShowsNothingThatComesLater() throws Exception {
        commit(store(), 2, new PutInstance(instance(A, 2)), new PutEvent(event(A, 2)));

        RegistryStore store = store();
        store.atOneMoment(moment -> {
            commit(store, 3, new PutInstance(instance(B, 3)), new PutEvent(event(B, 3)), new RemoveInstance(A));
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
    default void eventsOfAServiceAreFoundInBothOrders() throws Exception {
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
    default void theIndexOfAnInstantIsThatOfTheNewestEventBeforeIt() throws Exception {
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
    default void eventsCountInTheDigest() throws Exception {
        RegistryStore other = another();
        commit(store(), 1, new PutEvent(event(A, 1)));
        commit(other, 1, new PutEvent(event(B, 1)));

        assertThat(store().digest()).isNotEqualTo(other.digest());
    }
}

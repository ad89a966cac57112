package io.rollcall.statemachine.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Operation;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.history.EventPage;
import io.rollcall.statemachine.history.EventQuery;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastEvent;
import io.rollcall.statemachine.history.PastTooFarException;
import io.rollcall.statemachine.history.PastUnavailableException;
import io.rollcall.statemachine.history.ServicePast;
import io.rollcall.statemachine.store.InMemoryRegistryStore;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Questions about the past of a registry that is small enough to be seen through. */
class PastTest {

    private static final ServiceKey ORDERS = Commands.key("a").service();
    private static final int ALL = 1_000;

    private final InMemoryRegistryStore store = new InMemoryRegistryStore();
    private final CommandApplier applier = new CommandApplier(store, new Deaf(), new DigestLog());
    private long logIndex;

    private void apply(long atMillis, Command... commands) {
        applier.apply(1, ++logIndex, new CommandBatch(atMillis, List.of(commands)));
    }

    private <R> R past(Function<Past, R> reads) {
        return store.atOneMoment(moment -> reads.apply(new Past(moment)));
    }

    private static boolean passes(Instance instance) {
        return instance.status() == InstanceStatus.PASSING;
    }

    private List<InstanceId> idsAt(long index) {
        return past(past -> List.copyOf(past.service(ORDERS, index).instances().keySet()));
    }

    private boolean knows(long index) {
        return past(past -> past.knows(index));
    }

    private OptionalLong lastTouch(long index, Predicate<Instance> selection, int maxEvents) {
        return past(past -> past.service(ORDERS, index).lastTouch(selection, maxEvents));
    }

    @Test
    void anInstantBelongsToAllThatHappenedAtIt() {
        apply(1_000, Commands.upsert("a", 80));
        apply(2_000, Commands.upsert("b", 80), Commands.deregister("a", null));
        apply(2_000, Commands.upsert("c", 80));

        List<Long> indexes =
                past(past -> List.of(past.indexAt(999), past.indexAt(1_000), past.indexAt(1_999), past.indexAt(2_000)));
        assertThat(indexes).containsExactly(0L, 1L, 1L, 4L);
        assertThat(idsAt(1)).extracting(InstanceId::value).containsExactly("a");
        assertThat(idsAt(2)).extracting(InstanceId::value).containsExactly("a", "b");
        assertThat(idsAt(4)).extracting(InstanceId::value).containsExactly("b", "c");
    }

    @Test
    void whatWasForgottenOrIsYetToComeIsRefused() {
        apply(1_000, Commands.upsert("a", 80));
        apply(2_000, Commands.upsert("a", 80));
        apply(3_000, new Command.TrimHistory(Commands.header(), 1, 2_000, Long.MAX_VALUE, 10));

        assertThat(this.<Long>past(Past::fromIndex)).isEqualTo(1);
        assertThat(this.<Long>past(Past::fromMillis)).isEqualTo(1_000);
        assertThat(knows(0)).isFalse();
        assertThat(knows(1)).isTrue();
        assertThat(knows(4)).isFalse();
        assertThatThrownBy(() -> idsAt(0)).hasMessageContaining("1 to 3 are");
        assertThatThrownBy(() -> past(past -> past.indexAt(999))).hasMessageContaining("forgotten");
    }

    @Test
    void readsEndWhereTheyBecomeTooMany() {
        for (int i = 0; i < 10; i++) {
            apply(1_000 + i, takeOver("a", 80 + i), takeOver("b", 80 + i));
        }

        assertThat(within(2 + 9, past -> past.service(ORDERS, 12))).hasSize(2);
        assertThatThrownBy(() -> within(2 + 8, past -> past.service(ORDERS, 12)))
                .isInstanceOf(PastTooFarException.class)
                .hasMessageContaining("more than 10 instances and events");
        assertThatThrownBy(() -> past(past -> past.within(3)
                        .events(new EventQuery(ORDERS, 0, 20, null, 5))
                        .events()
                        .size()))
                .isInstanceOf(PastTooFarException.class);
        assertThat(this.<Instance>past(past -> past.within(3).instance(Commands.key("a"), 2)))
                .as("its next event is the first that is looked at")
                .isNotNull();
    }

    private static Command takeOver(String id, int port) {
        return Commands.register(Commands.at(id, port), RegisterMode.TAKE_OVER);
    }

    private Map<InstanceId, Instance> within(long maxRecords, Function<Past, ServicePast> reads) {
        return past(past -> Map.copyOf(reads.apply(past.within(maxRecords)).instances()));
    }

    @Test
    void readsEndWhenTheStoreIsNeeded() {
        apply(1_000, Commands.upsert("a", 80), Commands.upsert("b", 80));
        AtomicInteger looks = new AtomicInteger();

        assertThatThrownBy(() -> store.atOneMoment(
                        moment -> new Past(moment, () -> looks.incrementAndGet() > 1).service(ORDERS, 0)))
                .isInstanceOf(PastUnavailableException.class);
        assertThat(looks).hasValue(2);
    }

    @Test
    void lastTouchIsOfTheSelectionAlone() {
        apply(1_000, Commands.upsert("a", 80));
        apply(1_001, Commands.upsert("b", 80));
        apply(1_002, Commands.maintenance("b"));
        apply(1_003, Commands.maintenance("b"));
        apply(1_004, Commands.deregister("b", null));

        assertThat(lastTouch(5, PastTest::passes, ALL))
                .as("b left the selection")
                .hasValue(3);
        assertThat(lastTouch(2, PastTest::passes, ALL)).hasValue(2);
        assertThat(lastTouch(5, instance -> true, ALL)).hasValue(5);
        assertThat(lastTouch(5, instance -> instance.key().id().value().equals("a"), ALL))
                .hasValue(1);
        assertThat(lastTouch(5, instance -> false, ALL)).as("never").hasValue(0);
        assertThat(lastTouch(0, PastTest::passes, ALL)).as("never yet").hasValue(0);
    }

    @Test
    void lastTouchIsNotKnownWhereItWasForgottenOrLiesTooFarBack() {
        apply(1_000, Commands.upsert("a", 80));
        apply(1_001, Commands.upsert("b", 80));
        apply(1_002, Commands.maintenance("b"));
        apply(1_003, Commands.maintenance("b"));

        assertThat(lastTouch(4, PastTest::passes, 1)).isEmpty();
        assertThat(lastTouch(4, PastTest::passes, 2)).hasValue(3);
        apply(1_004, new Command.TrimHistory(Commands.header(), 1, 1_003, Long.MAX_VALUE, 10));
        assertThat(lastTouch(4, PastTest::passes, ALL)).isEmpty();
        assertThat(lastTouch(4, instance -> true, ALL)).hasValue(4);
    }

    @Test
    void eventsAreOfTheAskedRangeAndSayWhatCameAfter() {
        apply(1_000, Commands.upsert("a", 80));
        apply(1_001, Commands.upsert("b", 80));
        apply(1_002, Commands.register(Commands.at("a", 81), RegisterMode.TAKE_OVER));
        apply(1_003, Commands.maintenance("b"));
        apply(1_004, Commands.deregister("a", null));

        EventPage page = past(past -> past.events(new EventQuery(ORDERS, 1, 3, null, 10)));

        assertThat(page.nextUntil()).isZero();
        assertThat(page.events()).extracting(PastEvent::index).containsExactly(3L, 2L);
        PastEvent replaced = page.events().get(0);
        assertThat(replaced.operation()).isEqualTo(Operation.REPLACED);
        assertThat(replaced.before().registration().port()).isEqualTo(80);
        assertThat(replaced.after().registration().port()).isEqualTo(81);
        PastEvent registered = page.events().get(1);
        assertThat(registered.before()).isNull();
        assertThat(registered.after().status()).isEqualTo(InstanceStatus.PASSING);
    }

    @Test
    void pagesOfOneInstanceFollowEachOther() {
        for (int i = 0; i < 6; i++) {
            apply(1_000 + i, Commands.upsert(i % 2 == 0 ? "a" : "b", 80));
        }

        EventPage first = past(past -> past.events(new EventQuery(ORDERS, 0, 100, new InstanceId("a"), 2)));
        EventPage second =
                past(past -> past.events(new EventQuery(ORDERS, 0, first.nextUntil(), new InstanceId("a"), 2)));

        assertThat(first.events()).extracting(PastEvent::index).containsExactly(5L, 3L);
        assertThat(second.events()).extracting(PastEvent::index).containsExactly(1L);
        assertThat(second.nextUntil()).isZero();
    }

    private static final class Deaf implements ChangeSink {
        @Override
        public void changed(ChangeBatch batch) {}

        @Override
        public void reset(StateReset state) {}
    }
}

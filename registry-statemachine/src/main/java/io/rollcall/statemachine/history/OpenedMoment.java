package io.rollcall.statemachine.history;

import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.EventMark;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.store.Moment;
import io.rollcall.statemachine.store.StoredEvent;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A moment for readers who see what is sealed: of services. What goes through everything sees it as it is stored. */
final class OpenedMoment implements Moment {

    private final Moment moment;
    private final UnaryOperator<InstanceRecord> opener;

    OpenedMoment(Moment moment, UnaryOperator<InstanceRecord> opener) {
        this.moment = moment;
        this.opener = opener;
    }

    @Override
    public AppliedPosition applied() {
        return moment.applied();
    }

    @Override
    public HistoryRecord history() {
        return moment.history();
    }

    @Override
    public @Nullable InstanceRecord instance(InstanceKey key) {
        InstanceRecord present = moment.instance(key);
        return present == null ? null : opener.apply(present);
    }

    @Override
    public @Nullable ServiceRecord service(ServiceKey key) {
        return moment.service(key);
    }

    @Override
    public @Nullable EventMark oldestEvent() {
        return moment.oldestEvent();
    }

    @Override
    public void forEachInstance(ServiceKey service, Consumer<InstanceRecord> consumer) {
        moment.forEachInstance(service, instance -> consumer.accept(opener.apply(instance)));
    }

    @Override
    public void forEachService(Namespace namespace, Consumer<ServiceRecord> consumer) {
        moment.forEachService(namespace, consumer);
    }

    @Override
    public void eventsBack(ServiceKey service, long fromIndex, Predicate<StoredEvent> visitor) {
        moment.eventsBack(service, fromIndex, event -> visitor.test(event.opened(opener)));
    }

    @Override
    public void eventsForward(ServiceKey service, long fromIndex, Predicate<StoredEvent> visitor) {
        moment.eventsForward(service, fromIndex, event -> visitor.test(event.opened(opener)));
    }

    @Override
    public @Nullable KeysetRecord keyset() {
        return moment.keyset();
    }

    @Override
    public void instancesFrom(@Nullable InstanceKey from, Predicate<InstanceRecord> visitor) {
        moment.instancesFrom(from, visitor);
    }

    @Override
    public void configVersionsFrom(
            @Nullable ConfigVersionKey from, BiPredicate<ConfigRecord, @Nullable ConfigValue> visitor) {
        moment.configVersionsFrom(from, visitor);
    }

    @Override
    public void eventsFrom(long index, Predicate<EventRecord> visitor) {
        moment.eventsFrom(index, visitor);
    }

    @Override
    public boolean hasRequestsUntil(long timeMillis) {
        return moment.hasRequestsUntil(timeMillis);
    }

    @Override
    public long configVersions() {
        return moment.configVersions();
    }

    @Override
    public long indexAt(long timeMillis) {
        return moment.indexAt(timeMillis);
    }
}

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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A moment whose reads end where they become too many, and as soon as whoever waits for them needs the store. */
final class BoundedMoment implements Moment {

    private final Moment moment;
    private final long maxRecords;
    private final BooleanSupplier isGone;
    private long read;

    /**
     * Bounds a moment.
     *
     * @param maxRecords of instances, services and events together
     * @param isGone asked before each of them
     */
    BoundedMoment(Moment moment, long maxRecords, BooleanSupplier isGone) {
        this.moment = moment;
        this.maxRecords = maxRecords;
        this.isGone = isGone;
    }

    private void count() {
        if (isGone.getAsBoolean()) {
            throw new PastUnavailableException();
        }
        if (read == maxRecords) {
            throw new PastTooFarException(maxRecords);
        }
        read++;
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
        return moment.instance(key);
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
        moment.forEachInstance(service, instance -> {
            count();
            consumer.accept(instance);
        });
    }

    @Override
    public void forEachService(Namespace namespace, Consumer<ServiceRecord> consumer) {
        moment.forEachService(namespace, service -> {
            count();
            consumer.accept(service);
        });
    }

    @Override
    public void eventsBack(ServiceKey service, long fromIndex, Predicate<StoredEvent> visitor) {
        moment.eventsBack(service, fromIndex, event -> {
            count();
            return visitor.test(event);
        });
    }

    @Override
    public void eventsForward(ServiceKey service, long fromIndex, Predicate<StoredEvent> visitor) {
        moment.eventsForward(service, fromIndex, event -> {
            count();
            return visitor.test(event);
        });
    }

    @Override
    public @Nullable KeysetRecord keyset() {
        return moment.keyset();
    }

    @Override
    public void instancesFrom(@Nullable InstanceKey from, Predicate<InstanceRecord> visitor) {
        moment.instancesFrom(from, instance -> {
            count();
            return visitor.test(instance);
        });
    }

    @Override
    public void configVersionsFrom(
            @Nullable ConfigVersionKey from, BiPredicate<ConfigRecord, @Nullable ConfigValue> visitor) {
        moment.configVersionsFrom(from, (version, value) -> {
            count();
            return visitor.test(version, value);
        });
    }

    @Override
    public void eventsFrom(long index, Predicate<EventRecord> visitor) {
        moment.eventsFrom(index, event -> {
            count();
            return visitor.test(event);
        });
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

package io.rollcall.statemachine.history;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.codec.EventPrefix;
import io.rollcall.statemachine.state.EventMark;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.store.Moment;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The registry as it was at any registry index that is known: what is stored now, with the events since undone. It is of
 * one moment, equal on every replica that has applied as much, and valid only while the reads that it was handed to run.
 */
public final class Past {

    private final Moment moment;

    /**
     * The past of a store.
     *
     * @param moment it now
     */
    public Past(Moment moment) {
        this.moment = moment;
    }

    /**
     * The past of a store that may have to be closed meanwhile.
     *
     * @param moment it now
     * @param isGone whether somebody waits to close it; reads then end with a {@link PastUnavailableException}
     */
    public Past(Moment moment, BooleanSupplier isGone) {
        this(new BoundedMoment(moment, Long.MAX_VALUE, isGone));
    }

    /**
     * Returns the same past for reads that must not take long.
     *
     * @param maxRecords how many instances, services and events may be read from now on; one more ends in a {@link
     *     PastTooFarException}
     * @return a view of this one
     */
    public Past within(long maxRecords) {
        return new Past(new BoundedMoment(moment, maxRecords, () -> false));
    }

    /**
     * Returns the same past for readers who see what is sealed.
     *
     * @param opener takes an instance as it is stored
     * @return a view of this one
     */
    public Past opened(UnaryOperator<InstanceRecord> opener) {
        return new Past(new OpenedMoment(moment, opener));
    }

    /**
     * Returns the store now, as it is stored.
     *
     * @return valid as long as this past
     */
    public Moment moment() {
        return moment;
    }

    /**
     * Returns how far the store had come.
     *
     * @return its registry index, the newest that is known
     */
    public long appliedIndex() {
        return moment.applied().registryIndex();
    }

    /**
     * Returns the replicated clock.
     *
     * @return milliseconds since 1970; more may still happen at this instant, but nothing before
     */
    public long clockMillis() {
        return moment.applied().clockMillis();
    }

    /**
     * Returns the oldest registry index that is known.
     *
     * @return 0 if nothing was forgotten yet
     */
    public long fromIndex() {
        return moment.history().fromIndex();
    }

    /**
     * Returns the oldest instant that is known.
     *
     * @return milliseconds since 1970 by the replicated clock; 0 if nothing was forgotten yet
     */
    public long fromMillis() {
        return moment.history().fromMillis();
    }

    /**
     * Returns what the history takes.
     *
     * @return bytes, before compression
     */
    public long bytes() {
        return moment.history().bytes();
    }

    /**
     * Returns when the oldest event happened that is kept.
     *
     * @return milliseconds since 1970 by the replicated clock; empty if no event is kept
     */
    public OptionalLong oldestEventMillis() {
        EventMark oldest = moment.oldestEvent();
        return oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.timeMillis());
    }

    /**
     * Returns the registry index of the last change of a service, whether its event is kept or not.
     *
     * @param service which
     * @return 0 if there never was one
     */
    public long lastIndex(ServiceKey service) {
        ServiceRecord record = moment.service(service);
        return record == null
                ? 0
                : record.lastIndexes().values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0);
    }

    /**
     * Tells whether the state at a registry index is known.
     *
     * @param index any
     * @return false if the events since were forgotten, or it is not applied yet
     */
    public boolean knows(long index) {
        return index >= fromIndex() && index <= appliedIndex();
    }

    /**
     * Finds the registry index that the registry had at an instant.
     *
     * @param timeMillis milliseconds since 1970, {@link #fromMillis} or later
     * @return the index of the newest event that is not behind it; {@link #fromIndex} if there is none
     */
    public long indexAt(long timeMillis) {
        if (timeMillis < fromMillis()) {
            throw new IllegalArgumentException("the history before " + fromMillis() + " is forgotten");
        }
        return moment.indexAt(timeMillis);
    }

    /**
     * Returns a service as it was.
     *
     * @param service any; without instances if nobody was registered
     * @param index one that is known
     * @return its instances of any status
     */
    public ServicePast service(ServiceKey service, long index) {
        requireKnown(index);
        return ServicePast.of(moment, service, index);
    }

    /**
     * Returns an instance as it was.
     *
     * @param key which
     * @param index one that is known
     * @return null if it was not registered
     */
    public @Nullable Instance instance(InstanceKey key, long index) {
        requireKnown(index);
        InstanceRecord present = moment.instance(key);
        if (present != null && present.modifyIndex() <= index) {
            return present.toInstance();
        }
        EventPrefix events = EventPrefix.of(key);
        InstanceRecord[] then = {present};
        moment.eventsForward(key.service(), index + 1, event -> {
            if (event.isOf(events)) {
                then[0] = event.event().before();
                return false;
            }
            return true;
        });
        return then[0] == null ? null : then[0].toInstance();
    }

    /**
     * Goes through the services of a namespace that had instances, in the order of their names.
     *
     * @param namespace which
     * @param index one that is known
     * @param consumer takes each
     */
    public void forEachService(Namespace namespace, long index, Consumer<ServicePast> consumer) {
        requireKnown(index);
        moment.forEachService(namespace, service -> {
            boolean unchanged = service.lastIndexes().values().stream().allMatch(lastIndex -> lastIndex <= index);
            ServicePast then = unchanged
                    ? ServicePast.unchanged(moment, service.key(), index)
                    : ServicePast.of(moment, service.key(), index);
            if (!then.instances().isEmpty()) {
                consumer.accept(then);
            }
        });
    }

    /**
     * Returns events, the newest first.
     *
     * @param query which
     * @return a page of them
     */
    public EventPage events(EventQuery query) {
        return new EventPages(moment).read(query);
    }

    private void requireKnown(long index) {
        if (!knows(index)) {
            throw new IllegalArgumentException(
                    "index " + index + " is not known: " + fromIndex() + " to " + appliedIndex() + " are");
        }
    }
}

package io.rollcall.statemachine.store;

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
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The store as it was at one moment, whatever is written meanwhile. Valid only while the reads that it was handed to run,
 * and for their thread alone.
 */
public interface Moment {

    /**
     * Returns how far the state had come.
     *
     * @return the position
     */
    AppliedPosition applied();

    /**
     * Returns how much of the history was kept.
     *
     * @return the record
     */
    HistoryRecord history();

    /**
     * Finds an instance.
     *
     * @param key which
     * @return null if it was not registered
     */
    @Nullable
    InstanceRecord instance(InstanceKey key);

    /**
     * Finds a service.
     *
     * @param key which
     * @return null if it never had an instance
     */
    @Nullable
    ServiceRecord service(ServiceKey key);

    /**
     * Finds the oldest event that is kept.
     *
     * @return null if none is
     */
    @Nullable
    EventMark oldestEvent();

    /**
     * Goes through the instances of a service in the order of their ids.
     *
     * @param service which
     * @param consumer takes each
     */
    void forEachInstance(ServiceKey service, Consumer<InstanceRecord> consumer);

    /**
     * Goes through the services of a namespace in the order of their names, also those without instances.
     *
     * @param namespace which
     * @param consumer takes each
     */
    void forEachService(Namespace namespace, Consumer<ServiceRecord> consumer);

    /**
     * Goes through the events of a service, the newest first.
     *
     * @param service which
     * @param fromIndex events behind it are left out
     * @param visitor takes each, and says whether to go on
     */
    void eventsBack(ServiceKey service, long fromIndex, Predicate<StoredEvent> visitor);

    /**
     * Goes through the events of a service, the oldest first.
     *
     * @param service which
     * @param fromIndex events before it are left out
     * @param visitor takes each, and says whether to go on
     */
    void eventsForward(ServiceKey service, long fromIndex, Predicate<StoredEvent> visitor);

    /**
     * Returns the keys that secrets are sealed with.
     *
     * @return null if nothing is sealed
     */
    @Nullable
    KeysetRecord keyset();

    /**
     * Goes through all instances in the order of their keys.
     *
     * @param from the first that is looked at; null for all
     * @param visitor takes each, and says whether to go on
     */
    void instancesFrom(@Nullable InstanceKey from, Predicate<InstanceRecord> visitor);

    /**
     * Goes through all versions of all configuration keys in the order of their keys and versions.
     *
     * @param from the first that is looked at; null for all
     * @param visitor takes each with its value, which is null of a deletion, and says whether to go on
     */
    void configVersionsFrom(@Nullable ConfigVersionKey from, BiPredicate<ConfigRecord, @Nullable ConfigValue> visitor);

    /**
     * Goes through the events of all services in the order of their indexes.
     *
     * @param index events before it are left out
     * @param visitor takes each, and says whether to go on
     */
    void eventsFrom(long index, Predicate<EventRecord> visitor);

    /**
     * Tells whether a request is remembered that was applied at an instant or before.
     *
     * @param timeMillis milliseconds since 1970 by the replicated clock
     * @return whether one is
     */
    boolean hasRequestsUntil(long timeMillis);

    /**
     * Returns how many versions of configuration keys are kept.
     *
     * @return 0 or more
     */
    long configVersions();

    /**
     * Finds the registry index that the state had at an instant.
     *
     * @param timeMillis milliseconds since 1970 by the replicated clock, not before {@link HistoryRecord#fromMillis}
     * @return the index of the newest event of any service that is not behind the instant; {@link
     *     HistoryRecord#fromIndex} if there is none
     */
    long indexAt(long timeMillis);
}

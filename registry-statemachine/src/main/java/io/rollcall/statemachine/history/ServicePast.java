package io.rollcall.statemachine.history;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.store.Moment;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One service as it was at a registry index. */
public final class ServicePast {

    private final Moment moment;
    private final ServiceKey key;
    private final long index;
    private final SortedMap<InstanceId, Instance> instances;

    private ServicePast(Moment moment, ServiceKey key, long index, SortedMap<InstanceId, Instance> instances) {
        this.moment = moment;
        this.key = key;
        this.index = index;
        this.instances = Collections.unmodifiableSortedMap(instances);
    }

    static ServicePast of(Moment moment, ServiceKey key, long index) {
        SortedMap<InstanceId, Instance> instances = present(moment, key);
        moment.eventsBack(key, Long.MAX_VALUE, event -> {
            if (event.index() <= index) {
                return false;
            }
            undo(event.event(), instances);
            return true;
        });
        return new ServicePast(moment, key, index, instances);
    }

    /** Of a service that has not changed since. */
    static ServicePast unchanged(Moment moment, ServiceKey key, long index) {
        return new ServicePast(moment, key, index, present(moment, key));
    }

    private static SortedMap<InstanceId, Instance> present(Moment moment, ServiceKey key) {
        SortedMap<InstanceId, Instance> instances = new TreeMap<>();
        moment.forEachInstance(key, record -> instances.put(record.key().id(), record.toInstance()));
        return instances;
    }

    private static void undo(EventRecord event, SortedMap<InstanceId, Instance> instances) {
        InstanceRecord before = event.before();
        if (before == null) {
            instances.remove(event.key().id());
        } else {
            instances.put(event.key().id(), before.toInstance());
        }
    }

    /**
     * Returns namespace and name.
     *
     * @return the key
     */
    public ServiceKey key() {
        return key;
    }

    /**
     * Returns the registry index of which this is true.
     *
     * @return 0 or more
     */
    public long index() {
        return index;
    }

    /**
     * Returns the instances of any status.
     *
     * @return immutable, sorted by id; valid also after the reads
     */
    public SortedMap<InstanceId, Instance> instances() {
        return instances;
    }

    /**
     * Finds the newest change, at {@link #index} or before, of an instance that met a selection before or after it: the
     * version that a query of this selection had then. To be called while the reads run.
     *
     * @param selection what is asked of an instance
     * @param maxEvents look at no more events than this
     * @return its registry index; 0 if there never was one; empty if that is not known, because it was forgotten or lies
     *     too far back
     */
    public OptionalLong lastTouch(Predicate<Instance> selection, int maxEvents) {
        SortedMap<InstanceId, Instance> state = new TreeMap<>(instances);
        long[] found = {-1};
        int[] looked = {0};
        moment.eventsBack(key, index, stored -> {
            if (looked[0]++ == maxEvents) {
                return false;
            }
            EventRecord event = stored.event();
            Instance after = state.get(event.key().id());
            undo(event, state);
            Instance before = state.get(event.key().id());
            boolean touched = (after != null && selection.test(after)) || (before != null && selection.test(before));
            if (touched) {
                found[0] = event.index();
            }
            return !touched;
        });
        if (found[0] >= 0) {
            return OptionalLong.of(found[0]);
        }
        boolean isWhole = looked[0] <= maxEvents && moment.history().fromIndex() == 0;
        return isWhole ? OptionalLong.of(0) : OptionalLong.empty();
    }
}

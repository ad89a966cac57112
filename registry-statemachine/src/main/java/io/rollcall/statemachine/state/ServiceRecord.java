package io.rollcall.statemachine.state;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.ServiceKey;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A service that has, or had, instances. It stays after its last instance went, so that a query's index never falls.
 *
 * @param key which service
 * @param lastIndexes for each status the registry index of the last change of an instance that had it before or after;
 *     a status that no instance ever had is missing
 */
public record ServiceRecord(ServiceKey key, Map<InstanceStatus, Long> lastIndexes) {

    /** Copies the map. */
    public ServiceRecord {
        Map<InstanceStatus, Long> copy = new EnumMap<>(InstanceStatus.class);
        copy.putAll(lastIndexes);
        lastIndexes = Collections.unmodifiableMap(copy);
    }

    /**
     * Notes a change.
     *
     * @param status the status before or after it
     * @param index its registry index
     * @return a copy with it
     */
    public ServiceRecord touched(InstanceStatus status, long index) {
        Map<InstanceStatus, Long> copy = new EnumMap<>(InstanceStatus.class);
        copy.putAll(lastIndexes);
        copy.put(status, index);
        return new ServiceRecord(key, copy);
    }
}

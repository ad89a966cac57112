package io.rollcall.server.view;

import io.rollcall.api.model.InstanceStatus;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** For each status the registry index of the last change of an instance that had it before or after. Immutable. */
@SuppressWarnings("EnumOrdinal") // positions in arrays in memory alone; nothing of it is stored or sent
public final class StatusIndexes {

    static final StatusIndexes NONE = new StatusIndexes(new long[InstanceStatus.values().length]);

    private final long[] byOrdinal;

    private StatusIndexes(long[] byOrdinal) {
        this.byOrdinal = byOrdinal;
    }

    static StatusIndexes of(Map<InstanceStatus, Long> lastIndexes) {
        long[] copy = new long[InstanceStatus.values().length];
        lastIndexes.forEach((status, index) -> copy[status.ordinal()] = index);
        return new StatusIndexes(copy);
    }

    StatusIndexes with(InstanceStatus status, long index) {
        long[] copy = byOrdinal.clone();
        copy[status.ordinal()] = index;
        return new StatusIndexes(copy);
    }

    StatusIndexes newest(StatusIndexes other) {
        long[] copy = byOrdinal.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = Math.max(copy[i], other.byOrdinal[i]);
        }
        return new StatusIndexes(copy);
    }

    /**
     * Returns the version of a query: it moves only when an instance of one of its statuses changed, came or went.
     *
     * @param statuses what the query selects
     * @return 1 or more, so that one can wait for a service that does not exist yet
     */
    public long index(Set<InstanceStatus> statuses) {
        long newest = 1;
        for (InstanceStatus status : statuses) {
            newest = Math.max(newest, byOrdinal[status.ordinal()]);
        }
        return newest;
    }

    @Override
    public String toString() {
        return Arrays.toString(byOrdinal);
    }
}

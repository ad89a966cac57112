package io.rollcall.api.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What consumers may expect of an instance: the worst of its lease, its check and the operator's word. */
public enum InstanceStatus {
    /** Takes traffic. */
    PASSING,
    /** Takes traffic, but its check warns. */
    WARNING,
    /** Its lease ran out or its check failed. */
    CRITICAL,
    /** Registered with a check that has not passed yet. */
    STARTING,
    /** Finishes what it has and takes nothing new. */
    DRAINING,
    /** Taken out by an operator. */
    MAINTENANCE;

    /** The statuses that discovery returns when nothing else is asked for. */
    public static final Set<InstanceStatus> TAKES_TRAFFIC = Collections.unmodifiableSet(EnumSet.of(PASSING, WARNING));

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /**
     * Returns the lower-case name used on the wire, in the log and in the store.
     *
     * @return such as {@code passing}
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Tells whether discovery returns such an instance when nothing else is asked for.
     *
     * @return true for {@link #PASSING} and {@link #WARNING}
     */
    public boolean takesTraffic() {
        return this == PASSING || this == WARNING;
    }

    /**
     * The status of a wire name.
     *
     * @param field the field that an error names
     * @param wireName such as {@code passing}
     * @return the status
     * @throws InvalidRequestException for any other text
     */
    public static InstanceStatus parse(String field, String wireName) {
        for (InstanceStatus status : values()) {
            if (status.wireName.equals(wireName)) {
                return status;
            }
        }
        throw new InvalidRequestException(
                new Violation(field, "must be one of passing, warning, critical, starting, draining, maintenance"));
    }
}

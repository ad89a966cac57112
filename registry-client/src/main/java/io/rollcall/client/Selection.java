package io.rollcall.client;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which instances to return: all conditions must hold.
 *
 * @param statuses the statuses wanted; empty for those that may take traffic
 * @param tags {@code key:value} each
 * @param version the exact version; null for any
 * @param zone the exact zone; null for any
 * @param protocol the protocol; null for any
 * @param filter an expression such as {@code tags.env == "prod" and version >= "2.1"}; null for none
 */
public record Selection(
        Set<InstanceStatus> statuses,
        List<String> tags,
        @Nullable String version,
        @Nullable String zone,
        @Nullable Protocol protocol,
        @Nullable String filter) {

    /** All that an instance can be in. */
    public static final Set<InstanceStatus> ANY_STATUS =
            Collections.unmodifiableSet(EnumSet.allOf(InstanceStatus.class));

    private static final Selection HEALTHY = new Selection(Set.of(), List.of(), null, null, null, null);

    /** Copies the collections. */
    public Selection {
        statuses = statuses.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(statuses));
        tags = List.copyOf(tags);
    }

    /**
     * Every instance that may take traffic.
     *
     * @return the selection
     */
    public static Selection healthy() {
        return HEALTHY;
    }

    /**
     * Every instance, whatever its status.
     *
     * @return the selection
     */
    public static Selection any() {
        return HEALTHY.withStatuses(ANY_STATUS);
    }

    /**
     * Sets the statuses.
     *
     * @param value empty for those that may take traffic
     * @return a copy
     */
    public Selection withStatuses(Set<InstanceStatus> value) {
        return new Selection(value, tags, version, zone, protocol, filter);
    }

    /**
     * Adds a tag that must be there.
     *
     * @param key without a colon
     * @param value any text
     * @return a copy
     */
    public Selection withTag(String key, String value) {
        List<String> more = new ArrayList<>(tags);
        more.add(key + ":" + value);
        return new Selection(statuses, more, version, zone, protocol, filter);
    }

    /**
     * Sets the version.
     *
     * @param value null for any
     * @return a copy
     */
    public Selection withVersion(@Nullable String value) {
        return new Selection(statuses, tags, value, zone, protocol, filter);
    }

    /**
     * Sets the zone.
     *
     * @param value null for any
     * @return a copy
     */
    public Selection withZone(@Nullable String value) {
        return new Selection(statuses, tags, version, value, protocol, filter);
    }

    /**
     * Sets the protocol.
     *
     * @param value null for any
     * @return a copy
     */
    public Selection withProtocol(@Nullable Protocol value) {
        return new Selection(statuses, tags, version, zone, value, filter);
    }

    /**
     * Sets the expression.
     *
     * @param value null for none
     * @return a copy
     */
    public Selection withFilter(@Nullable String value) {
        return new Selection(statuses, tags, version, zone, protocol, value);
    }

    void addTo(QueryParameters parameters) {
        if (statuses.equals(ANY_STATUS)) {
            parameters.add("status", "any");
        } else if (!statuses.isEmpty()) {
            parameters.add(
                    "status", statuses.stream().map(InstanceStatus::wireName).collect(Collectors.joining(",")));
        }
        tags.forEach(tag -> parameters.add("tag", tag));
        parameters.addIfPresent("version", version);
        parameters.addIfPresent("zone", zone);
        parameters.addIfPresent("protocol", protocol == null ? null : protocol.wireName());
        parameters.addIfPresent("filter", filter);
    }
}

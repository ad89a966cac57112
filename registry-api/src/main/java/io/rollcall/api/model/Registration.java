package io.rollcall.api.model;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of one instance: the caller-set half of {@link Instance}.
 *
 * <p>The record keeps any values, because the log may hold what an older rule allowed; {@link RegistrationRules}
 * says at the edge which are allowed today.
 *
 * @param key namespace, service and id
 * @param version free text; empty for none
 * @param host a DNS name or an IP literal
 * @param port 1 to 65535
 * @param protocol what is spoken there
 * @param tags what filters select on, sorted by key
 * @param metadata carried, not selected on, sorted by key
 * @param zone locality for load balancers; empty for none
 * @param weight share of new traffic, 0 to 65535; 0 takes none
 * @param ttl heartbeat lease; zero: no heartbeat is needed
 * @param deregisterAfter how long {@code critical} may last before removal; zero: for ever
 * @param healthCheck how to check it; null: not checked
 */
public record Registration(
        InstanceKey key,
        String version,
        String host,
        int port,
        Protocol protocol,
        SortedMap<String, String> tags,
        SortedMap<String, String> metadata,
        String zone,
        int weight,
        Duration ttl,
        Duration deregisterAfter,
        @Nullable HealthCheck healthCheck) {

    /** Copies the maps. */
    public Registration {
        tags = sortedCopy(tags);
        metadata = sortedCopy(metadata);
    }

    /**
     * Starts a registration with all defaults.
     *
     * @param key namespace, service and id
     * @return a builder
     */
    public static RegistrationBuilder builder(InstanceKey key) {
        return new RegistrationBuilder(key);
    }

    /**
     * Starts a registration that is like this one.
     *
     * @return a builder with all of it
     */
    public RegistrationBuilder toBuilder() {
        return new RegistrationBuilder(key)
                .version(version)
                .address(host, port)
                .protocol(protocol)
                .tags(tags)
                .metadata(metadata)
                .zone(zone)
                .weight(weight)
                .ttl(ttl)
                .deregisterAfter(deregisterAfter)
                .healthCheck(healthCheck);
    }

    /**
     * Tells whether two registrations stand for the same address.
     *
     * @param other the other
     * @return true if host and port are equal
     */
    public boolean sameAddress(Registration other) {
        return port == other.port && host.equals(other.host);
    }

    private static SortedMap<String, String> sortedCopy(SortedMap<String, String> map) {
        return map.isEmpty() ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}

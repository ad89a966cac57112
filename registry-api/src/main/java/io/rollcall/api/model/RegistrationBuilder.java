package io.rollcall.api.model;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers the parts of a {@link Registration}; what is not told has the default of the interface. Not thread-safe. */
public final class RegistrationBuilder {

    /** The heartbeat lease unless told. */
    public static final Duration DEFAULT_TTL = Duration.ofSeconds(30);

    /** How long {@code critical} may last unless told. */
    public static final Duration DEFAULT_DEREGISTER_AFTER = Duration.ofMinutes(5);

    /** The share of new traffic unless told. */
    public static final int DEFAULT_WEIGHT = 100;

    private final InstanceKey key;
    private String version = "";
    private String host = "";
    private int port;
    private Protocol protocol = Protocol.HTTP;
    private Map<String, String> tags = Map.of();
    private Map<String, String> metadata = Map.of();
    private String zone = "";
    private int weight = DEFAULT_WEIGHT;
    private Duration ttl = DEFAULT_TTL;
    private Duration deregisterAfter = DEFAULT_DEREGISTER_AFTER;
    private @Nullable HealthCheck healthCheck;

    RegistrationBuilder(InstanceKey key) {
        this.key = key;
    }

    /**
     * Sets the version.
     *
     * @param value free text
     * @return this
     */
    public RegistrationBuilder version(String value) {
        version = value;
        return this;
    }

    /**
     * Sets the address.
     *
     * @param hostValue a DNS name or an IP literal
     * @param portValue 1 to 65535
     * @return this
     */
    public RegistrationBuilder address(String hostValue, int portValue) {
        host = hostValue;
        port = portValue;
        return this;
    }

    /**
     * Sets what is spoken at the address.
     *
     * @param value the protocol
     * @return this
     */
    public RegistrationBuilder protocol(Protocol value) {
        protocol = value;
        return this;
    }

    /**
     * Sets the tags.
     *
     * @param value copied when built
     * @return this
     */
    public RegistrationBuilder tags(Map<String, String> value) {
        tags = value;
        return this;
    }

    /**
     * Sets the metadata.
     *
     * @param value copied when built
     * @return this
     */
    public RegistrationBuilder metadata(Map<String, String> value) {
        metadata = value;
        return this;
    }

    /**
     * Sets the zone.
     *
     * @param value empty for none
     * @return this
     */
    public RegistrationBuilder zone(String value) {
        zone = value;
        return this;
    }

    /**
     * Sets the share of new traffic.
     *
     * @param value 0 to 65535
     * @return this
     */
    public RegistrationBuilder weight(int value) {
        weight = value;
        return this;
    }

    /**
     * Sets the heartbeat lease.
     *
     * @param value zero: no heartbeat is needed
     * @return this
     */
    public RegistrationBuilder ttl(Duration value) {
        ttl = value;
        return this;
    }

    /**
     * Sets how long {@code critical} may last.
     *
     * @param value zero: for ever
     * @return this
     */
    public RegistrationBuilder deregisterAfter(Duration value) {
        deregisterAfter = value;
        return this;
    }

    /**
     * Sets the check.
     *
     * @param value null: not checked
     * @return this
     */
    public RegistrationBuilder healthCheck(@Nullable HealthCheck value) {
        healthCheck = value;
        return this;
    }

    /**
     * Builds without checking the rules of the edge.
     *
     * @return the registration
     */
    public Registration build() {
        return new Registration(
                key,
                version,
                host,
                port,
                protocol,
                new TreeMap<>(tags),
                new TreeMap<>(metadata),
                zone,
                weight,
                ttl,
                deregisterAfter,
                healthCheck);
    }
}

package io.rollcall.client.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings under {@code spring.cloud.rollcall}.
 *
 * @param enabled whether there is anything of Rollcall in the application
 * @param servers where the nodes of the registry listen; name all of them
 * @param token goes with each request, as {@code id.secret}; none unless told
 * @param namespace of the services that are called, and of the application's own
 * @param attemptTimeout for one attempt on one node. Too small: slow answers of a healthy leader are thrown away. Too large: a
 *     node that hangs holds a call of the registry for as long
 * @param connectTimeout for a connection to a node to open
 * @param deadline for a call of the registry with all its attempts. Too small: an election is taken for an outage
 * @param cacheFolder where what is known of services is kept for the next start, so that it works while the registry is away;
 *     nowhere unless told
 * @param discovery finding the instances of services
 * @param registration of the application itself
 */
@ConfigurationProperties("spring.cloud.rollcall")
public record RollcallProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("http://127.0.0.1:8500") List<String> servers,
        @Nullable String token,
        @DefaultValue("default") String namespace,
        @DefaultValue("2s") Duration attemptTimeout,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("10s") Duration deadline,
        @Nullable Path cacheFolder,
        @DefaultValue Discovery discovery,
        @DefaultValue Registration registration) {

    /**
     * Finding the instances of services.
     *
     * @param enabled whether there are discovery clients
     * @param order of the discovery clients among others in the application; the lowest is asked first
     * @param tags what instances must have to be found
     * @param version what instances must have to be found; any unless told
     * @param filter what must hold for instances to be found, such as {@code version >= "2.1"}; none unless told
     * @param firstCallTimeout how long the first call for a service waits for the registry. Too small: it fails after a cold
     *     start. Too large: calls hang while the registry is away and nothing is kept on disk
     * @param syncInterval as the registry's {@code watch.sync-interval}: how often it says that there is nothing new
     * @param maxStaleness the age from which on what is known of a service is stale
     * @param refuseStale whether what is stale fails calls, rather than to be used all the same
     * @param keepEmptyFor how long the last instances of a service are kept when the registry says without proof that there are
     *     none, as one does that was wiped
     * @param warmUp services that are asked for when the application starts, so that their first calls do not wait
     * @param warmUpTimeout how long the start waits for these; it goes on without them
     * @param namesRefresh how often the names of all services are read, once somebody has asked for them
     */
    public record Discovery(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("0") int order,
            @DefaultValue Map<String, String> tags,
            @Nullable String version,
            @Nullable String filter,
            @DefaultValue("2s") Duration firstCallTimeout,
            @DefaultValue("10s") Duration syncInterval,
            @DefaultValue("24h") Duration maxStaleness,
            @DefaultValue("false") boolean refuseStale,
            @DefaultValue("60s") Duration keepEmptyFor,
            @DefaultValue List<String> warmUp,
            @DefaultValue("2s") Duration warmUpTimeout,
            @DefaultValue("10s") Duration namesRefresh) {

        /** Copies the collections. */
        public Discovery {
            tags = Map.copyOf(tags);
            warmUp = List.copyOf(warmUp);
        }
    }

    /**
     * The registration of the application itself.
     *
     * @param enabled whether it is registered
     * @param failFast whether the start fails if it cannot be registered; else it is tried until it can
     * @param service under which name; {@code spring.application.name} unless told
     * @param instanceId under which id; {@code service.instance.id} of the OpenTelemetry resource, else host and port
     * @param host where it is reached; the address that this machine sends from to the registry unless told
     * @param port where it is reached; that of its web server unless told
     * @param protocol what it speaks there: http, https, grpc, tcp or udp; http or https, as its web server does, unless told
     * @param version of the application; {@code spring.application.version}, else {@code service.version} of the OpenTelemetry
     *     resource
     * @param tags what others may select instances by
     * @param metadata carried along
     * @param zone where it runs; {@code spring.cloud.loadbalancer.zone} unless told
     * @param weight its share of new calls for those who balance by weight, 0 to 65535; 0 takes none
     * @param ttl how long it is found after its last beat. Too small: a pause of the process takes it out of traffic. Too large: it
     *     is called for so long after it has died
     * @param deregisterAfter how long it may be critical before it is taken out of the registry
     * @param drainWait how long its end waits until those who call it know of it; 0 s to wait for nobody
     * @param closeTimeout for taking it out of the registry at its end, with all in it
     * @param registerTimeout how long {@code failFast} tries
     * @param takeover whether it takes its id from a live instance at another address
     * @param healthCheck how the registry checks it, beside its beats
     */
    public record Registration(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("false") boolean failFast,
            @Nullable String service,
            @Nullable String instanceId,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String protocol,
            @Nullable String version,
            @DefaultValue Map<String, String> tags,
            @DefaultValue Map<String, String> metadata,
            @Nullable String zone,
            @DefaultValue("100") int weight,
            @DefaultValue("30s") Duration ttl,
            @DefaultValue("5m") Duration deregisterAfter,
            @DefaultValue("5s") Duration drainWait,
            @DefaultValue("8s") Duration closeTimeout,
            @DefaultValue("30s") Duration registerTimeout,
            @DefaultValue("false") boolean takeover,
            @DefaultValue HealthCheck healthCheck) {

        /** Copies the maps. */
        public Registration {
            tags = Map.copyOf(tags);
            metadata = Map.copyOf(metadata);
        }
    }

    /**
     * How the registry checks the application, beside its beats.
     *
     * @param path what it asks for by HTTP, such as {@code /actuator/health/readiness}; it does not ask unless told
     * @param interval from one check to the next
     * @param timeout for one check
     * @param retries failures in a row until it is out of traffic
     */
    public record HealthCheck(
            @Nullable String path,
            @DefaultValue("10s") Duration interval,
            @DefaultValue("2s") Duration timeout,
            @DefaultValue("3") int retries) {}

    /** Copies the list. */
    public RollcallProperties {
        servers = List.copyOf(servers);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "RollcallProperties[servers=" + servers + ", namespace=" + namespace + ", discovery=" + discovery
                + ", registration=" + registration + "]";
    }
}

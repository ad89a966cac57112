package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Violation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts over a namespace.
 *
 * @param index this query's version
 * @param totalServices how many services
 * @param totalInstances how many instances
 * @param healthyInstances how many take traffic
 * @param unhealthyInstances how many do not
 * @param instancesByProtocol immutable
 * @param instancesByStatus immutable
 */
public record RegistryStats(
        long index,
        long totalServices,
        long totalInstances,
        long healthyInstances,
        long unhealthyInstances,
        Map<Protocol, Long> instancesByProtocol,
        Map<InstanceStatus, Long> instancesByStatus) {

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws InvalidRequestException if it is no such answer
     */
    public static RegistryStats read(JsonNode json) {
        if (!json.has("totalInstances")) {
            throw new InvalidRequestException(new Violation("totalInstances", "is missing from the answer"));
        }
        return new RegistryStats(
                json.path("index").asLong(),
                json.path("totalServices").asLong(),
                json.path("totalInstances").asLong(),
                json.path("healthyInstances").asLong(),
                json.path("unhealthyInstances").asLong(),
                byProtocol(json.path("instancesByProtocol")),
                Fields.byStatus(json.path("instancesByStatus")));
    }

    private static Map<Protocol, Long> byProtocol(JsonNode counts) {
        Map<Protocol, Long> map = new EnumMap<>(Protocol.class);
        for (Protocol protocol : Protocol.values()) {
            if (counts.has(protocol.wireName())) {
                map.put(protocol, counts.path(protocol.wireName()).asLong());
            }
        }
        return Collections.unmodifiableMap(map);
    }
}

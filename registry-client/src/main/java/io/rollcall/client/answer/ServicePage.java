package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.ServiceKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The services of a namespace.
 *
 * @param index this query's version
 * @param services immutable, sorted by name
 * @param cursor where the next page begins; null on the last
 */
public record ServicePage(
        long index, List<Summary> services, @Nullable String cursor) {

    /**
     * One service, counted.
     *
     * @param key namespace and name
     * @param index when it last changed
     * @param instances how many there are
     * @param byStatus how many in each status; statuses that none is in may be absent
     */
    public record Summary(ServiceKey key, long index, long instances, Map<InstanceStatus, Long> byStatus) {}

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static ServicePage read(JsonNode json) {
        return new ServicePage(
                json.path("index").asLong(),
                Fields.list(json, "services", ServicePage::summary),
                Fields.textOrNull(json.path("cursor")));
    }

    private static Summary summary(JsonNode json) {
        return new Summary(
                ServiceKey.of(
                        json.path("namespace").asText("default"),
                        json.path("name").asText()),
                json.path("index").asLong(),
                json.path("instances").asLong(),
                Fields.byStatus(json.path("byStatus")));
    }
}

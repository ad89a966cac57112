package io.rollcall.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.Durations;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.StatusRange;
import io.rollcall.api.model.Violation;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads instances from answers, leniently: fields that a newer server added are passed over. */
public final class InstanceReader {

    private InstanceReader() {}

    /**
     * Reads one instance.
     *
     * @param json the object of an answer
     * @return the instance
     * @throws InvalidRequestException if a value is missing or none that this version knows
     */
    public static Instance read(JsonNode json) {
        Instance instance = new Instance(
                registration(json),
                json.path("incarnation").asLong(),
                InstanceStatus.parse("status", json.path("status").asText()),
                json.path("statusReason").asText(""),
                time(json, "statusSince"),
                json.hasNonNull("healthySince") ? time(json, "healthySince") : null,
                json.path("suspect").asBoolean(),
                time(json, "registrationTime"),
                json.path("createIndex").asLong(),
                json.path("modifyIndex").asLong());
        return json.hasNonNull("owner") ? instance.ownedBy(json.path("owner").asText()) : instance;
    }

    private static Registration registration(JsonNode json) {
        return Registration.builder(InstanceKey.of(
                        json.path("namespace").asText("default"),
                        json.path("name").asText(),
                        json.path("id").asText()))
                .version(json.path("version").asText(""))
                .address(json.path("host").asText(), json.path("port").asInt())
                .protocol(Protocol.parse("protocol", json.path("protocol").asText("http")))
                .tags(map(json.path("tags")))
                .metadata(map(json.path("metadata")))
                .zone(json.path("zone").asText(""))
                .weight(json.path("weight").asInt())
                .ttl(Durations.parse("ttl", json.path("ttl").asText("0s")))
                .deregisterAfter(Durations.parse(
                        "deregisterAfter", json.path("deregisterAfter").asText("0s")))
                .healthCheck(healthCheck(json.path("healthCheck")))
                .build();
    }

    private static @Nullable HealthCheck healthCheck(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        String expected = json.path("expectStatus").asText("");
        return new HealthCheck(
                CheckType.parse("type", json.path("type").asText()),
                json.path("endpoint").asText(""),
                Durations.parse("interval", json.path("interval").asText("10s")),
                Durations.parse("timeout", json.path("timeout").asText("2s")),
                json.path("retries").asInt(),
                json.path("successes").asInt(),
                json.path("method").asText("GET"),
                map(json.path("headers")),
                expected.isEmpty() ? null : StatusRange.parse("expectStatus", expected));
    }

    private static Instant time(JsonNode json, String field) {
        try {
            return Instant.parse(json.path(field).asText());
        } catch (DateTimeParseException e) {
            throw new InvalidRequestException(new Violation(field, "must be a time such as 2026-01-01T00:00:00.000Z"));
        }
    }

    private static SortedMap<String, String> map(JsonNode json) {
        SortedMap<String, String> map = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            map.put(entry.getKey(), entry.getValue().asText());
        }
        return map;
    }
}

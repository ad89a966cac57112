package io.rollcall.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.model.Durations;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.Registration;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes instances as the interface shows them. */
public final class InstanceJson {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private InstanceJson() {}

    /**
     * Writes a time.
     *
     * @param time any
     * @return RFC 3339, UTC, to the millisecond
     */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /**
     * Writes one instance as an object.
     *
     * @param json where to
     * @param instance what
     * @param lastHeartbeat only in the answer for one instance; null elsewhere
     * @throws IOException if the generator's target fails
     */
    public static void write(JsonGenerator json, Instance instance, @Nullable Instant lastHeartbeat)
            throws IOException {
        json.writeStartObject();
        writeRegistration(json, instance.registration());
        json.writeNumberField("incarnation", instance.incarnation());
        json.writeStringField("status", instance.status().wireName());
        json.writeStringField("statusReason", instance.statusReason());
        json.writeStringField("statusSince", time(instance.statusSince()));
        Instant healthySince = instance.healthySince();
        if (healthySince != null) {
            json.writeStringField("healthySince", time(healthySince));
        }
        json.writeBooleanField("suspect", instance.suspect());
        json.writeStringField("registrationTime", time(instance.registrationTime()));
        if (instance.owner() != null) {
            json.writeStringField("owner", instance.owner());
        }
        if (lastHeartbeat != null) {
            json.writeStringField("lastHeartbeat", time(lastHeartbeat));
        }
        json.writeNumberField("createIndex", instance.createIndex());
        json.writeNumberField("modifyIndex", instance.modifyIndex());
        json.writeEndObject();
    }

    /**
     * Writes the caller-set fields into an object that is already open.
     *
     * @param json where to
     * @param registration what
     * @throws IOException if the generator's target fails
     */
    public static void writeRegistration(JsonGenerator json, Registration registration) throws IOException {
        json.writeStringField(
                "namespace", registration.key().service().namespace().value());
        json.writeStringField("name", registration.key().service().name().value());
        json.writeStringField("id", registration.key().id().value());
        json.writeStringField("version", registration.version());
        json.writeStringField("host", registration.host());
        json.writeNumberField("port", registration.port());
        json.writeStringField("protocol", registration.protocol().wireName());
        writeMap(json, "tags", registration.tags());
        writeMap(json, "metadata", registration.metadata());
        json.writeStringField("zone", registration.zone());
        json.writeNumberField("weight", registration.weight());
        json.writeStringField("ttl", Durations.format(registration.ttl()));
        json.writeStringField("deregisterAfter", Durations.format(registration.deregisterAfter()));
        HealthCheck check = registration.healthCheck();
        if (check == null) {
            json.writeNullField("healthCheck");
        } else {
            writeCheck(json, check);
        }
    }

    private static void writeCheck(JsonGenerator json, HealthCheck check) throws IOException {
        json.writeObjectFieldStart("healthCheck");
        json.writeStringField("type", check.type().wireName());
        json.writeStringField("endpoint", check.endpoint());
        json.writeStringField("interval", Durations.format(check.interval()));
        json.writeStringField("timeout", Durations.format(check.timeout()));
        json.writeNumberField("retries", check.retries());
        json.writeNumberField("successes", check.successes());
        json.writeStringField("method", check.method());
        writeMap(json, "headers", check.headers());
        if (check.expectStatus() != null) {
            json.writeStringField("expectStatus", check.expectStatus().toString());
        }
        json.writeEndObject();
    }

    private static void writeMap(JsonGenerator json, String field, Map<String, String> map) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, String> entry : map.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }
}

package io.rollcall.client.fake;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.api.wire.InstanceJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/** Instances to test with. */
public final class Samples {

    public static final InstanceKey KEY = InstanceKey.of("default", "orders", "o-1");

    private Samples() {}

    public static Registration registration(String id) {
        return registration(id, 100);
    }

    public static Registration registration(String id, int weight) {
        return Registration.builder(InstanceKey.of("default", "orders", id))
                .address("127.0.0.1", 9000)
                .version("1.2.0")
                .tags(Map.of("env", "prod"))
                .zone("a")
                .weight(weight)
                .build();
    }

    public static Instance instance(String id, int weight) {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        return new Instance(
                registration(id, weight), 7, InstanceStatus.PASSING, "no check", time, time, false, time, 7, 7);
    }

    public static String json(String id) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.mapper().createGenerator(text)) {
            InstanceJson.write(json, instance(id, 100), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    public static String discovery(String... ids) {
        StringBuilder text = new StringBuilder("{\"name\":\"orders\",\"index\":7,\"instances\":[");
        for (int i = 0; i < ids.length; i++) {
            text.append(i == 0 ? "" : ",").append(json(ids[i]));
        }
        return text.append("]}").toString();
    }
}

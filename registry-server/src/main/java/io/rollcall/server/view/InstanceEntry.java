package io.rollcall.server.view;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.Instance;
import io.rollcall.api.wire.InstanceJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** An instance with its JSON, encoded when first asked for and shared by all answers that hold it. */
public final class InstanceEntry {

    private static final int TYPICAL_JSON_BYTES = 640;

    private final Instance instance;
    // A race encodes twice and keeps either; both are equal.
    private volatile byte @Nullable [] json;

    InstanceEntry(Instance instance) {
        this.instance = instance;
    }

    /**
     * Returns the instance.
     *
     * @return immutable
     */
    public Instance instance() {
        return instance;
    }

    /**
     * Returns the JSON object of the instance.
     *
     * @return UTF-8, shared: not to be written to
     */
    public byte[] json() {
        byte[] present = json;
        if (present == null) {
            present = encode(instance);
            json = present;
        }
        return present;
    }

    private static byte[] encode(Instance instance) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(TYPICAL_JSON_BYTES);
                JsonGenerator generator = Json.mapper().getFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
            InstanceJson.write(generator, instance, null);
            generator.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("encoding an instance in memory", e);
        }
    }
}

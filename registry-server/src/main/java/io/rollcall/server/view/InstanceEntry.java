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
    private final long lastHeartbeatMillis;
    private final long silentMillis;
    // A race encodes twice and keeps either; both are equal.
    private volatile byte @Nullable [] json;

    InstanceEntry(Instance instance) {
        this(instance, 0, 0, null);
    }

    private InstanceEntry(Instance instance, long lastHeartbeatMillis, long silentMillis, byte @Nullable [] json) {
        this.instance = instance;
        this.lastHeartbeatMillis = lastHeartbeatMillis;
        this.silentMillis = silentMillis;
        this.json = json;
    }

    /** The entry of the instance as it is now: a mark of its lease stays with its incarnation. */
    InstanceEntry with(Instance changed) {
        return changed.incarnation() == instance.incarnation()
                ? new InstanceEntry(changed, lastHeartbeatMillis, silentMillis, null)
                : new InstanceEntry(changed);
    }

    /** The same instance, its lease noted; its JSON does not show that. */
    InstanceEntry marked(long lastHeartbeat, long silent) {
        return new InstanceEntry(instance, lastHeartbeat, silent, json);
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
     * Returns when the instance last beat, as it was last noted: coarse, and not what the leader knows.
     *
     * @return milliseconds since 1970 by a leader's wall clock, to be shown, never compared; 0 if it was not noted
     */
    public long lastHeartbeatMillis() {
        return lastHeartbeatMillis;
    }

    /**
     * Returns how long the instance had been silent when that was last noted.
     *
     * @return milliseconds; 0 if it was not, or it was not noted
     */
    public long silentMillis() {
        return silentMillis;
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

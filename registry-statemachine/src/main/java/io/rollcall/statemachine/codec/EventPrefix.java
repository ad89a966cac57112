package io.rollcall.statemachine.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.rollcall.api.model.InstanceKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the bytes of every event of one instance begin with behind their version, so that a search need not decode those of all others. */
public final class EventPrefix {

    private static final byte NEWEST_VERSION = 2;

    private final byte[] bytes;

    private EventPrefix(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The begin of an instance's events.
     *
     * @param key which instance
     * @return for events in every version
     */
    public static EventPrefix of(InstanceKey key) {
        ByteArrayOutputStream prefix = new ByteArrayOutputStream();
        prefix.writeBytes("{\"key\":".getBytes(StandardCharsets.US_ASCII));
        try {
            prefix.writeBytes(SchemaJson.MAPPER.writeValueAsBytes(KeyV1.of(key)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a key cannot be written as JSON", e);
        }
        return new EventPrefix(prefix.toByteArray());
    }

    /**
     * Tells whether an event is of the instance.
     *
     * @param event as {@link StateCodec#EVENT} encodes it
     * @return whether it is
     */
    public boolean matches(byte[] event) {
        return event.length > bytes.length + 1
                && event[0] >= 1
                && event[0] <= NEWEST_VERSION
                && Arrays.equals(event, 1, bytes.length + 1, bytes, 0, bytes.length);
    }
}

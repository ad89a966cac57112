package io.rollcall.statemachine.store;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.statemachine.state.ConfigVersionKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys as bytes that sort as the keys do. Parts are separated by a zero byte, which no name holds and which sorts before
 * all that names hold; numbers are big-endian and not negative.
 */
final class Keys {

    /** Sorts before every other key. */
    static final byte[] FIRST = {};

    /** In an index by time, sorts behind every entry's key. */
    static final byte[] LAST_TIME = timed(Long.MAX_VALUE, FIRST);

    private static final byte SEPARATOR = 0;

    private Keys() {}

    static byte[] service(ServiceKey key) {
        return join(key.namespace().value(), key.name().value());
    }

    static byte[] instance(InstanceKey key) {
        return join(
                key.service().namespace().value(),
                key.service().name().value(),
                key.id().value());
    }

    static InstanceKey instance(byte[] key) {
        String[] parts = new String(key, StandardCharsets.UTF_8).split("\0", -1);
        if (parts.length != 3) {
            throw new StoreException("a key of an instance has " + parts.length + " parts instead of 3", null);
        }
        return new InstanceKey(
                new ServiceKey(new Namespace(parts[0]), new ServiceName(parts[1])), new InstanceId(parts[2]));
    }

    /** The key of an event of a service. */
    static byte[] event(byte[] service, long index) {
        return ByteBuffer.allocate(service.length + 1 + Long.BYTES)
                .put(service)
                .put(SEPARATOR)
                .putLong(index)
                .array();
    }

    /** The registry index at the end of an event's key. */
    static long indexOf(byte[] event) {
        return ByteBuffer.wrap(event, event.length - Long.BYTES, Long.BYTES).getLong();
    }

    static byte[] index(long index) {
        return ByteBuffer.allocate(Long.BYTES).putLong(index).array();
    }

    /** What the keys begin with that have these parts before others. */
    static byte[] prefix(byte[] parts) {
        return after(parts);
    }

    static byte[] namespace(Namespace namespace) {
        return join(namespace.value());
    }

    static ServiceKey service(byte[] key) {
        String[] parts = new String(key, StandardCharsets.UTF_8).split("\0", -1);
        if (parts.length != 2) {
            throw new StoreException("a key of a service has " + parts.length + " parts instead of 2", null);
        }
        return new ServiceKey(new Namespace(parts[0]), new ServiceName(parts[1]));
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    static byte[] config(ConfigKey key) {
        return join(key.namespace().value(), key.path());
    }

    static byte[] configVersion(ConfigVersionKey key) {
        byte[] config = config(key.key());
        return ByteBuffer.allocate(config.length + 1 + Long.BYTES)
                .put(config)
                .put(SEPARATOR)
                .putLong(key.version())
                .array();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** The key of {@code key} in an index by time. */
    static byte[] timed(long millis, byte[] key) {
        return ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(millis)
                .put(key)
                .array();
    }

    /** The time in an entry's key; negative of {@link #FIRST}. */
    static long millisOf(byte[] timed) {
        return timed.length == 0 ? -1 : ByteBuffer.wrap(timed).getLong();
    }

    static byte[] keyOf(byte[] timed) {
        return Arrays.copyOfRange(timed, Long.BYTES, timed.length);
    }

    /** The key right behind another one: nothing fits between them. */
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private static byte[] join(String... parts) {
        int length = parts.length - 1;
        for (String part : parts) {
            length += part.length();
        }
        ByteBuffer key = ByteBuffer.allocate(length);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                key.put(SEPARATOR);
            }
            // Names are ASCII: one byte a character.
            key.put(parts[i].getBytes(StandardCharsets.US_ASCII));
        }
        return key.array();
    }
}

package io.rollcall.bench.etcd;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The messages of etcd's watch and key-value services that are needed. */
final class WatchMessages {

    private static final int OVERHEAD_MAX = 4 * (1 + Protobuf.VARINT_BYTES_MAX);

    private static final int CREATE_REQUEST = 1;
    private static final int KEY = 1;
    private static final int RANGE_END = 2;
    private static final int CREATED = 3;
    private static final int CANCELED = 4;
    private static final int PUT_KEY = 1;
    private static final int PUT_VALUE = 2;

    private WatchMessages() {}

    /** A {@code WatchRequest} for all keys that begin with a prefix of ASCII. */
    static byte[] create(byte[] prefix) {
        var end = prefix.clone();
        end[end.length - 1]++;
        var inner = ByteBuffer.allocate(2 * prefix.length + OVERHEAD_MAX);
        Protobuf.putBytes(inner, KEY, prefix);
        Protobuf.putBytes(inner, RANGE_END, end);
        var out = ByteBuffer.allocate(inner.position() + OVERHEAD_MAX);
        Protobuf.putBytes(out, CREATE_REQUEST, Arrays.copyOf(inner.array(), inner.position()));
        return Arrays.copyOf(out.array(), out.position());
    }

    /** A {@code PutRequest}. */
    static byte[] put(byte[] key, byte[] value) {
        var out = ByteBuffer.allocate(key.length + value.length + OVERHEAD_MAX);
        Protobuf.putBytes(out, PUT_KEY, key);
        Protobuf.putBytes(out, PUT_VALUE, value);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Whether a {@code WatchResponse} says that the watch has begun. */
    static boolean isCreated(byte[] response) {
        return Protobuf.number(response, CREATED) != 0;
    }

    /** Whether a {@code WatchResponse} says that the watch is over. */
    static boolean isCanceled(byte[] response) {
        return Protobuf.number(response, CANCELED) != 0;
    }
}

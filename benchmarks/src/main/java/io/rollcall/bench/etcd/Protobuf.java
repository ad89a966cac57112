package io.rollcall.bench.etcd;

import java.nio.ByteBuffer;

/** As much of protobuf's wire format as etcd's messages need here. */
final class Protobuf {

    static final int VARINT_BYTES_MAX = 10;

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private Protobuf() {}

    static void putNumber(ByteBuffer out, int field, long value) {
        out.put((byte) (field << 3 | VARINT));
        putVarint(out, value);
    }

    static void putBytes(ByteBuffer out, int field, byte[] value) {
        out.put((byte) (field << 3 | DELIMITED));
        putVarint(out, value.length);
        out.put(value);
    }

    /** The number in a field; 0, as protobuf has it, if the field is not there. */
    static long number(byte[] message, int field) {
        var in = ByteBuffer.wrap(message);
        while (in.hasRemaining()) {
            var tag = varint(in);
            switch ((int) (tag & 7)) {
                case VARINT -> {
                    var value = varint(in);
                    if ((int) (tag >>> 3) == field) {
                        return value;
                    }
                }
                case DELIMITED -> skip(in, varint(in));
                case FIXED_64 -> skip(in, Long.BYTES);
                case FIXED_32 -> skip(in, Integer.BYTES);
                default -> throw new IllegalArgumentException("no protobuf: tag " + tag);
            }
        }
        return 0;
    }

    private static void putVarint(ByteBuffer out, long value) {
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long varint(ByteBuffer in) {
        var value = 0L;
        for (var shift = 0; shift < 7 * VARINT_BYTES_MAX; shift += 7) {
            var b = in.get();
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("no protobuf: a number of over " + VARINT_BYTES_MAX + " bytes");
    }

    private static void skip(ByteBuffer in, long count) {
        in.position(Math.toIntExact(in.position() + count));
    }
}

package io.rollcall.server.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The two messages of the gRPC health protocol and their framing, written by hand: they are too small to be worth a
 * library.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/health-checking.md">GRPC Health Checking Protocol</a>
 */
final class GrpcHealth {

    static final String PATH = "/grpc.health.v1.Health/Check";

    /** HealthCheckResponse.ServingStatus, by number. */
    private static final List<String> SERVING_STATUS = List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");

    static final String SERVING = "SERVING";

    private static final List<String> STATUS_CODES = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    private static final int FRAME_HEADER_BYTES = 5;
    private static final int FIELD_1_TEXT = 1 << 3 | 2;
    private static final int FIELD_1_NUMBER = 1 << 3;
    private static final int MAX_VARINT_BYTES = 10;
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MORE = 0x80;
    private static final int VARINT_LOW = 0x7f;

    private GrpcHealth() {}

    /** A frame with a HealthCheckRequest. */
    static byte[] request(String service) {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(name.length + 1 + MAX_VARINT_BYTES);
        if (name.length > 0) {
            message.put((byte) FIELD_1_TEXT);
            putVarint(message, name.length);
            message.put(name);
        }
        message.flip();
        byte[] frame = new byte[FRAME_HEADER_BYTES + message.limit()];
        ByteBuffer.wrap(frame).put((byte) 0).putInt(message.limit()).put(message);
        return frame;
    }

    private static void putVarint(ByteBuffer to, int value) {
        int rest = value;
        while (rest >= VARINT_MORE) {
            to.put((byte) (rest | VARINT_MORE));
            rest >>>= VARINT_BITS;
        }
        to.put((byte) rest);
    }

    /** The serving status in a frame with a HealthCheckResponse; empty if it is none. */
    static Optional<String> servingStatus(ByteBuffer frame) {
        // A flag of 1 means compressed, which was not asked for.
        if (frame.remaining() < FRAME_HEADER_BYTES || frame.get() != 0 || frame.getInt() != frame.remaining()) {
            return Optional.empty();
        }
        long status = 0;
        try {
            while (frame.hasRemaining()) {
                long tag = varint(frame);
                if (tag == FIELD_1_NUMBER) {
                    status = varint(frame);
                } else {
                    skip(frame, (int) (tag & 7));
                }
            }
        } catch (RuntimeException e) {
            // It ends too early, or holds what no protobuf does.
            return Optional.empty();
        }
        return Optional.of(
                status >= 0 && status < SERVING_STATUS.size()
                        ? SERVING_STATUS.get((int) status)
                        : "serving status " + status);
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            byte next = from.get();
            value |= (long) (next & VARINT_LOW) << (VARINT_BITS * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("too long a varint");
    }

    private static void skip(ByteBuffer from, int wireType) {
        long bytes = switch (wireType) {
            case 0 -> varint(from) * 0;
            case 1 -> Long.BYTES;
            case 2 -> varint(from);
            case 5 -> Integer.BYTES;
            default -> throw new IllegalArgumentException("no wire type");
        };
        from.position(Math.toIntExact(from.position() + bytes));
    }

    /** The name of a status as it stands in the trailers. */
    static String statusName(String code) {
        return code.matches("[0-9]|1[0-6]") ? STATUS_CODES.get(Integer.parseInt(code)) : "status " + code;
    }
}

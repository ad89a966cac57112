package io.rollcall.bench.load;

import java.nio.ByteBuffer;

/** The requests of a load. Asked by all its threads at once. */
@FunctionalInterface
public interface RequestSource {

    /**
     * Appends the next request, head and body, whole.
     *
     * @param out empty, {@value LoadPlan#REQUEST_BYTES_MAX} bytes of room
     */
    void writeNext(ByteBuffer out);
}

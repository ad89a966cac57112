package io.rollcall.server.app;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.rollcall.api.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;

/** Writes JSON into memory. */
public final class JsonBytes {

    private static final int INITIAL_BYTES = 1_024;

    private JsonBytes() {}

    /** A tag of an answer whose bytes may change without a change of its index. */
    static String tag(long index, byte[] body) {
        CRC32C sum = new CRC32C();
        sum.update(body, 0, body.length);
        return "\"" + index + "-" + Long.toHexString(sum.getValue()) + "\"";
    }

    /**
     * Writes one document.
     *
     * @param document writes it
     * @return UTF-8
     */
    public static byte[] write(Document document) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(INITIAL_BYTES);
                JsonGenerator generator = Json.mapper().getFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
            document.write(generator);
            generator.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON in memory", e);
        }
    }

    /** What is written. */
    public interface Document {
        /**
         * Writes it.
         *
         * @param json where to
         * @throws IOException never, as the target is memory
         */
        void write(JsonGenerator json) throws IOException;
    }
}

package io.rollcall.server.app;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.rollcall.api.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON into memory. */
public final class JsonBytes {

    private static final int INITIAL_BYTES = 1_024;

    private JsonBytes() {}

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

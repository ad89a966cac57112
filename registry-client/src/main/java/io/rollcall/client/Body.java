package io.rollcall.client;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a request carries.
 *
 * @param bytes not to be written to any more
 * @param contentType what they are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Body(byte[] bytes, String contentType) {

    static @Nullable Body json(@Nullable String json) {
        return json == null ? null : new Body(json.getBytes(StandardCharsets.UTF_8), "application/json");
    }
}

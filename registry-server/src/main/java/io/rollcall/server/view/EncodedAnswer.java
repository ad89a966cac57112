package io.rollcall.server.view;

import org.jspecify.annotations.Nullable;

/**
 * An answer of discovery, encoded once and shared by all who ask the same of the same version.
 *
 * @param body UTF-8 JSON, shared: not to be written to
 * @param index the query's version
 * @param cursor where the next page begins; null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are shared on purpose
public record EncodedAnswer(
        byte[] body, long index, @Nullable String cursor) {}

package io.rollcall.server.app;

import io.rollcall.api.error.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What was looked up, or why there is nothing.
 *
 * @param body UTF-8 JSON; null if there is nothing
 * @param problem why there is nothing; null if there is something
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Lookup(byte @Nullable [] body, @Nullable Problem problem) {}

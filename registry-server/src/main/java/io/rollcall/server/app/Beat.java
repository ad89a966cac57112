package io.rollcall.server.app;

import io.rollcall.api.model.InstanceKey;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life of one instance.
 *
 * @param key which
 * @param incarnation the incarnation that is meant; null: whichever is there
 */
public record Beat(InstanceKey key, @Nullable Long incarnation) {}

package io.rollcall.statemachine.state;

import io.rollcall.api.model.InstanceKey;

/**
 * What is left of a removed instance for a while, so that what was meant for it is told apart from what never was.
 *
 * @param key which instance
 * @param incarnation the one that was removed
 * @param removedAtMillis when, milliseconds since 1970 by the replicated clock
 */
public record TombstoneRecord(InstanceKey key, long incarnation, long removedAtMillis) {}

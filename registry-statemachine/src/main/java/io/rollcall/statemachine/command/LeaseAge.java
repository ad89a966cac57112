package io.rollcall.statemachine.command;

import io.rollcall.api.model.InstanceKey;

/**
 * How the lease of one instance stood when the leader looked.
 *
 * @param key which
 * @param incarnation of it
 * @param lastHeartbeatMillis its last beat by the leader's wall clock, milliseconds since 1970; to be shown, never
 *     compared; 0 if it has not beaten
 * @param silentMillis how long it was silent, in milliseconds of the leader's monotonic clock; 0 once it has beaten again
 */
public record LeaseAge(InstanceKey key, long incarnation, long lastHeartbeatMillis, long silentMillis) {}

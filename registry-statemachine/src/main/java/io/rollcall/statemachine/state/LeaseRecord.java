package io.rollcall.statemachine.state;

import io.rollcall.api.model.InstanceKey;

/**
 * How the lease of an instance stood when a leader noted it: coarse, for later leaders and for showing.
 *
 * @param key which instance
 * @param incarnation of it
 * @param lastHeartbeatMillis its last beat by the wall clock of that leader, milliseconds since 1970; to be shown, never
 *     compared; 0 if it had not beaten
 * @param silentMillis how long it had been silent, in milliseconds; 0 once it has beaten again
 */
public record LeaseRecord(InstanceKey key, long incarnation, long lastHeartbeatMillis, long silentMillis) {}

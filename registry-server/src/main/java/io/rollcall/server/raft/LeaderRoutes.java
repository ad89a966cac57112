package io.rollcall.server.raft;

import io.rollcall.server.app.LeaderRole;

/**
 * What goes to the leader and to nobody else.
 *
 * @param role what this member does while it leads
 * @param heartbeats the way of heartbeats
 * @param expiry the way to the expiry governor
 * @param ownLog this member's log, for what it decides while it leads
 */
record LeaderRoutes(LeaderRole role, HeartbeatRouter heartbeats, ExpiryRoute expiry, OwnLog ownLog) {}

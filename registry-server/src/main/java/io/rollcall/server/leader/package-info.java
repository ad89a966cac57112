/** What the leader alone does: it counts leases down, checks health, and decides what the log then says. */
@NullMarked
package io.rollcall.server.leader;

import org.jspecify.annotations.NullMarked;

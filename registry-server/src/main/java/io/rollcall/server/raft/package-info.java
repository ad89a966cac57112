/** How the members agree: the Raft node, the way of a command into its log, and the read barrier. */
@NullMarked
package io.rollcall.server.raft;

import org.jspecify.annotations.NullMarked;

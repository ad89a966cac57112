/** What stands between a node and its operating system: syncs that fail, lie or take long, and a wall clock that jumps. */
@NullMarked
package io.rollcall.chaos.shim;

import org.jspecify.annotations.NullMarked;

/** Disks that fail: power that goes, space that runs out, syncs that fail, lie or take long, files that rot. */
@NullMarked
package io.rollcall.chaos.disk;

import org.jspecify.annotations.NullMarked;

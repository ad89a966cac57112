/** Disks that fail: power that goes, space that runs out, files that rot. */
@NullMarked
package io.rollcall.chaos.disk;

import org.jspecify.annotations.NullMarked;

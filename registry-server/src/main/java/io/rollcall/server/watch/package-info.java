/**
 * Readers are told of changes here: streams, and reads that wait. One thread holds all of it; what readers have not been
 * told is never queued for them, but made up from the newest state when they can take it.
 */
@NullMarked
package io.rollcall.server.watch;

import org.jspecify.annotations.NullMarked;

/** Watchers in great number on one thread: streams of events, read, resumed on another node, and written down. */
@NullMarked
package io.rollcall.chaos.watch;

import org.jspecify.annotations.NullMarked;

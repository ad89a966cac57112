/** Faults beside those of a process: a network that cuts, a time that passes. */
@NullMarked
package io.rollcall.chaos.fault;

import org.jspecify.annotations.NullMarked;

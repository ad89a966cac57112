/** Runs: a cluster under load, faults by a schedule that a seed repeats, and the checks of what the clients saw. */
@NullMarked
package io.rollcall.chaos.campaign;

import org.jspecify.annotations.NullMarked;

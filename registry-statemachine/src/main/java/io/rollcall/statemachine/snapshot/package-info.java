/** Checkpoints of the store as Ratis snapshots: written, kept, installed. */
@NullMarked
package io.rollcall.statemachine.snapshot;

import org.jspecify.annotations.NullMarked;

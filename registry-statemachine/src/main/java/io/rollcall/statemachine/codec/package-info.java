/** The bytes of the log and of the store, each with its version; what cannot be read is fatal. */
@NullMarked
package io.rollcall.statemachine.codec;

import org.jspecify.annotations.NullMarked;

/** The registry as it was: read from what is stored now and from the events since. */
@NullMarked
package io.rollcall.statemachine.history;

import org.jspecify.annotations.NullMarked;

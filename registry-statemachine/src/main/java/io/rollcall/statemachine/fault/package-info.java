/** Moments at which tests let the process die. Costs nothing where none is armed. */
@NullMarked
package io.rollcall.statemachine.fault;

import org.jspecify.annotations.NullMarked;

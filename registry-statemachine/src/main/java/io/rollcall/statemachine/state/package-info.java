/** What is stored, and the port through which the rules read it. */
@NullMarked
package io.rollcall.statemachine.state;

import org.jspecify.annotations.NullMarked;

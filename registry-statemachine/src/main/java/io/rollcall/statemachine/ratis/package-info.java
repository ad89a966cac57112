/** The adapter to Apache Ratis, and the ports through which it talks to its node. */
@NullMarked
package io.rollcall.statemachine.ratis;

import org.jspecify.annotations.NullMarked;

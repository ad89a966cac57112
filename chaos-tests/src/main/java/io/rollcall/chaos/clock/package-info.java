/** Wall clocks that are wrong. */
@NullMarked
package io.rollcall.chaos.clock;

import org.jspecify.annotations.NullMarked;

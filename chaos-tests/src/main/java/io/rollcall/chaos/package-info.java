/** Clusters of real processes, what is done to them, and what must hold throughout. */
@NullMarked
package io.rollcall.chaos;

import org.jspecify.annotations.NullMarked;

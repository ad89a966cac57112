/** Decides whether what clients saw is what the registry promises. Knows nothing of the product's code. */
@NullMarked
package io.rollcall.chaos.checker;

import org.jspecify.annotations.NullMarked;

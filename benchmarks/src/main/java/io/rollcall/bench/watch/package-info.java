/** Watchers in great number, of the registry on one thread, and what each of them was told when. */
@NullMarked
package io.rollcall.bench.watch;

import org.jspecify.annotations.NullMarked;

/** Load on a real cluster, and the same load on its peers. */
@NullMarked
package io.rollcall.bench;

import org.jspecify.annotations.NullMarked;

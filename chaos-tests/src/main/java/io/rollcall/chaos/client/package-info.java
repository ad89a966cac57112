/** A client that retries nothing by itself and tells done, not done and unknown honestly apart. */
@NullMarked
package io.rollcall.chaos.client;

import org.jspecify.annotations.NullMarked;

/** What a watch tells, and what its events come to. */
@NullMarked
package io.rollcall.client.watch;

import org.jspecify.annotations.NullMarked;

/** A lean HTTP/1.1 load driver: few threads, one request in flight on each connection. */
@NullMarked
package io.rollcall.bench.load;

import org.jspecify.annotations.NullMarked;

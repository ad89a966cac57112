/** JMH benchmarks of what is on the paths of a write and a read. */
@NullMarked
package io.rollcall.bench.jmh;

import org.jspecify.annotations.NullMarked;

/** What is measured, as processes of its own: the registry, its peers, and the machine below them. */
@NullMarked
package io.rollcall.bench.process;

import org.jspecify.annotations.NullMarked;

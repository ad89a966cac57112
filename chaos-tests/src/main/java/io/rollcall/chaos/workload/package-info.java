/** Callers that write all the time and keep the history of it. */
@NullMarked
package io.rollcall.chaos.workload;

import org.jspecify.annotations.NullMarked;

/** What was measured: series of rounds, ratios, one table, one file. */
@NullMarked
package io.rollcall.bench.report;

import org.jspecify.annotations.NullMarked;

/** What the registry's health checks are aimed at. */
@NullMarked
package io.rollcall.bench.checks;

import org.jspecify.annotations.NullMarked;

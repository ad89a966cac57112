/**
 * What a node tells of itself: OpenTelemetry, set up from the standard variables, and the instruments. The core knows nothing
 * of it; it counts by plain figures, which are read here.
 */
@NullMarked
package io.rollcall.server.telemetry;

import org.jspecify.annotations.NullMarked;

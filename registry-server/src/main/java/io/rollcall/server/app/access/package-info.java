/** Who asks, and whether he may: the one decision point of all facades. */
@NullMarked
package io.rollcall.server.app.access;

import org.jspecify.annotations.NullMarked;

/** How one health check is made: whom it may reach, and what the answer comes to. */
@NullMarked
package io.rollcall.server.probe;

import org.jspecify.annotations.NullMarked;

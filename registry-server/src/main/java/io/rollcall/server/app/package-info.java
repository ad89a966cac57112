/** What the product does, and the ports to how it is agreed. */
@NullMarked
package io.rollcall.server.app;

import org.jspecify.annotations.NullMarked;

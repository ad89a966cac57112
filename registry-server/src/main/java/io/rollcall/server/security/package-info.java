/** What stands behind the ports of who may do what. */
@NullMarked
package io.rollcall.server.security;

import org.jspecify.annotations.NullMarked;

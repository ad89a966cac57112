/** The files in which it stands who did what. */
@NullMarked
package io.rollcall.server.security.audit;

import org.jspecify.annotations.NullMarked;

/** How much of everything there may be: rates, requests under way, what is stored, what the disk still holds. */
@NullMarked
package io.rollcall.server.security.limit;

import org.jspecify.annotations.NullMarked;

/** What can go wrong, as data: stable codes with their HTTP status. */
@NullMarked
package io.rollcall.api.error;

import org.jspecify.annotations.NullMarked;

/** Values that validate themselves: the vocabulary that the wire, the log and the store share. */
@NullMarked
package io.rollcall.api.model;

import org.jspecify.annotations.NullMarked;

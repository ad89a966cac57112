/** The vocabulary of the registry: small immutable values that wire, log and store share. */
@NullMarked
package io.rollcall.api.model;

import org.jspecify.annotations.NullMarked;

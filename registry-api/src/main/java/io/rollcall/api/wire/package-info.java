/** The JSON of version 1 of the native HTTP interface. */
@NullMarked
package io.rollcall.api.wire;

import org.jspecify.annotations.NullMarked;

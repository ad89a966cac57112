/** Paths, headers and the one JSON configuration. */
@NullMarked
package io.rollcall.api.http;

import org.jspecify.annotations.NullMarked;

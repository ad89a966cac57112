/** Seals what is secret before it enters the log, and opens it for readers in memory. */
@NullMarked
package io.rollcall.server.security.crypto;

import org.jspecify.annotations.NullMarked;

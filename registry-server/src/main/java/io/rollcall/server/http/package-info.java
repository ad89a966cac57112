/** The native HTTP interface: one table of routes, one table of errors, and what lies between bytes and use cases. */
@NullMarked
package io.rollcall.server.http;

import org.jspecify.annotations.NullMarked;

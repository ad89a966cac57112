/** The composition root: builds one node by hand, starts and stops it in order. */
@NullMarked
package io.rollcall.server;

import org.jspecify.annotations.NullMarked;

/** What a reader asks for: the selection of discovery and its filter expressions, decided instance by instance. */
@NullMarked
package io.rollcall.server.query;

import org.jspecify.annotations.NullMarked;

/** What the parts of a node say of their work, so that one trace shows it all; who collects it is not known here. */
@NullMarked
package io.rollcall.server.trace;

import org.jspecify.annotations.NullMarked;

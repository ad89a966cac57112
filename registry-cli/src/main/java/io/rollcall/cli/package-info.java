/** The command line: the registry from a shell. */
@NullMarked
package io.rollcall.cli;

import org.jspecify.annotations.NullMarked;

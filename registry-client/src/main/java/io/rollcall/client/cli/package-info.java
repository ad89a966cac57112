/** The command line: the registry from a shell. */
@NullMarked
package io.rollcall.client.cli;

import org.jspecify.annotations.NullMarked;

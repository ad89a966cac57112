/** The command line of the chaos suite. */
@NullMarked
package io.rollcall.chaos.cli;

import org.jspecify.annotations.NullMarked;

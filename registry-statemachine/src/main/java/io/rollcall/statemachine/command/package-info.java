/** What can be asked of the registry: one record a command, and the results. */
@NullMarked
package io.rollcall.statemachine.command;

import org.jspecify.annotations.NullMarked;

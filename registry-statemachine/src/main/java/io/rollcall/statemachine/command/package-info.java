/** What can be asked of the registry, and what it answers: sealed records, carried by the log. */
@NullMarked
package io.rollcall.statemachine.command;

import org.jspecify.annotations.NullMarked;

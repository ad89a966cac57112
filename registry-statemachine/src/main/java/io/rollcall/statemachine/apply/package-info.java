/** The rules of the registry, and their application to the store. */
@NullMarked
package io.rollcall.statemachine.apply;

import org.jspecify.annotations.NullMarked;

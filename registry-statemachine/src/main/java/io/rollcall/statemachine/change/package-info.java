/** News of what was applied, for views and watchers. */
@NullMarked
package io.rollcall.statemachine.change;

import org.jspecify.annotations.NullMarked;

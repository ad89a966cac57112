/** What was asked and answered, what must be true after it, and the checks of it. */
@NullMarked
package io.rollcall.chaos.history;

import org.jspecify.annotations.NullMarked;

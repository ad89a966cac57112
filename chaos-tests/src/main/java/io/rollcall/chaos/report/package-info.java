/** What runs came to: collected while they go, written as JSON, shown as one page and as a few lines on the terminal. */
@NullMarked
package io.rollcall.chaos.report;

import org.jspecify.annotations.NullMarked;

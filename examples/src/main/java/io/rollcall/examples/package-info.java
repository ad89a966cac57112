/**
 * The programs that the documentation shows. What stands between {@code // docs: NAME} and {@code // docs: end} is shown
 * under that name, and a test compares the two.
 */
@NullMarked
package io.rollcall.examples;

import org.jspecify.annotations.NullMarked;

/** What is recorded of programs that provide and consume services with the client of the project. */
@NullMarked
package io.rollcall.chaos.call;

import org.jspecify.annotations.NullMarked;

/** A JUnit 5 extension that starts the real server as a process for a test. */
@NullMarked
package io.rollcall.client.junit;

import org.jspecify.annotations.NullMarked;

/** The consumer's side: what is known of the services that a process calls, kept current and kept through outages. */
@NullMarked
package io.rollcall.client.directory;

import org.jspecify.annotations.NullMarked;

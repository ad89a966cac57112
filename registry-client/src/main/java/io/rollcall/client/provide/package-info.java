/**
 * The side of those who provide a service: {@link io.rollcall.client.provide.InstanceProvider} registers the instances of
 * a process, beats for them, registers them again when the registry asks for it, and takes them out at the end.
 */
@NullMarked
package io.rollcall.client.provide;

import org.jspecify.annotations.NullMarked;

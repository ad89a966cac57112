/**
 * The client: a registry seen through any of its nodes. {@link io.rollcall.client.RegistryClient} is the way in; each
 * call ends in an {@link io.rollcall.client.Outcome} that tells done, not done and unknown apart.
 */
@NullMarked
package io.rollcall.client;

import org.jspecify.annotations.NullMarked;

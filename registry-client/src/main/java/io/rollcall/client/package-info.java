/** The client: a registry seen through any of its nodes. */
@NullMarked
package io.rollcall.client;

import org.jspecify.annotations.NullMarked;

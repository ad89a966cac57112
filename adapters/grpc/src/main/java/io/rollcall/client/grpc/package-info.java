/** Names of services for grpc-java: {@code rollcall:///orders}. */
@NullMarked
package io.rollcall.client.grpc;

import org.jspecify.annotations.NullMarked;

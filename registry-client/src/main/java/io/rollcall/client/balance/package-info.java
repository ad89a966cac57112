/** How callers are spread over the instances that discovery found. */
@NullMarked
package io.rollcall.client.balance;

import org.jspecify.annotations.NullMarked;

/** Networks between the nodes of a cluster that lose, delay and hold what is sent. */
@NullMarked
package io.rollcall.chaos.network;

import org.jspecify.annotations.NullMarked;

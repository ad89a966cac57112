/** Nodes and clusters as processes of their own, each with its folder, ports and log. */
@NullMarked
package io.rollcall.chaos.cluster;

import org.jspecify.annotations.NullMarked;

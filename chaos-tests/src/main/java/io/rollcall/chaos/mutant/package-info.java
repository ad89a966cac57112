/**
 * Nodes that are broken on purpose, to find out whether the checks notice: an agent rewrites one method of the server as its
 * class is loaded. The server has no code of it.
 */
@NullMarked
package io.rollcall.chaos.mutant;

import org.jspecify.annotations.NullMarked;

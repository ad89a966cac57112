/** The registry in memory, as readers see it: immutable snapshots, and answers encoded once a version. */
@NullMarked
package io.rollcall.server.view;

import org.jspecify.annotations.NullMarked;

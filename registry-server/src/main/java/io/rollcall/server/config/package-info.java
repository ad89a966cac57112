/** The settings of a node: one record a concern, read from options, environment and file. */
@NullMarked
package io.rollcall.server.config;

import org.jspecify.annotations.NullMarked;

/** A registry of several nodes on one machine, with providers and a consumer, to look at and to break. */
@NullMarked
package io.rollcall.cli.demo;

import org.jspecify.annotations.NullMarked;

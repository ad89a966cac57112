/** The bare Javalin route that the registry's reads are held against. */
@NullMarked
package io.rollcall.bench.bare;

import org.jspecify.annotations.NullMarked;

/** The figures of DESIGN.md, each as an experiment on running clusters. */
@NullMarked
package io.rollcall.bench.suite;

import org.jspecify.annotations.NullMarked;

/** Certificates for a start: an authority of one's own, and what it issues to nodes and clients. */
@NullMarked
package io.rollcall.cli.tls;

import org.jspecify.annotations.NullMarked;

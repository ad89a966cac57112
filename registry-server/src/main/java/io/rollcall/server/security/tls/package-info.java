/** TLS of a node's listeners and of its connections to other members, which follows the files of certificates and keys. */
@NullMarked
package io.rollcall.server.security.tls;

import org.jspecify.annotations.NullMarked;

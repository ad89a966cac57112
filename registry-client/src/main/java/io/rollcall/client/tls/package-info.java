/**
 * TLS towards a registry: authorities and a certificate of one's own from PEM files, which may be replaced while the
 * process runs.
 */
@NullMarked
package io.rollcall.client.tls;

import org.jspecify.annotations.NullMarked;

/** Callers whom an OpenID Connect issuer vouches for. */
@NullMarked
package io.rollcall.server.security.oidc;

import org.jspecify.annotations.NullMarked;

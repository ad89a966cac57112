package io.rollcall.server.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may do what.
 *
 * @param byDefault what is allowed to whoever shows no token
 * @param bootstrapTokenFile holds the first token of a cluster that is to be founded; empty: the leader draws one
 * @param oidc whose signatures are trusted, too; empty: nobody's
 */
public record AccessSettings(AclDefault byDefault, Optional<Path> bootstrapTokenFile, Optional<OidcSettings> oidc) {}

package io.rollcall.server;

import io.rollcall.server.app.access.SignedLogin;
import io.rollcall.server.config.OidcSettings;
import io.rollcall.server.security.oidc.JwtLogin;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a node knows callers for whom somebody else vouches. */
final class LoginParts {

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    private final @Nullable JwtLogin jwt;
    private final @Nullable Repeated looking;

    private LoginParts(@Nullable JwtLogin jwt) {
        this.jwt = jwt;
        this.looking = jwt == null ? null : new Repeated("oidc-keys", LOOK_INTERVAL, jwt::look);
    }

    static LoginParts of(Optional<OidcSettings> settings) {
        return new LoginParts(settings.map(JwtLogin::open).orElse(null));
    }

    SignedLogin login() {
        return jwt == null ? SignedLogin.NONE : jwt;
    }

    void start() {
        if (looking != null) {
            looking.start();
        }
    }

    void stop() {
        if (looking != null) {
            looking.stop();
        }
    }
}

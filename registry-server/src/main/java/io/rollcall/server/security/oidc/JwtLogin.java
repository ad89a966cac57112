package io.rollcall.server.security.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.rollcall.api.model.Secret;
import io.rollcall.server.app.access.SignedLogin;
import io.rollcall.server.config.ConfigurationException;
import io.rollcall.server.config.OidcSettings;
import io.rollcall.server.security.FollowedFiles;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the JWTs of one issuer, whose keys lie in a file. Nothing is fetched, and nothing that a JWT says of where its key is is
 * looked at. What a JWT must have is checked in one order, the signature before everything that is said under it.
 */
public final class JwtLogin implements SignedLogin {

    /** What clocks may be apart. */
    static final Duration SKEW = Duration.ofSeconds(30);

    /** Longest JWT, in characters; with it the head of a request has room for the rest. */
    static final int MAX_LENGTH = 8 * 1024;

    // Others have other uses, such as to end a session.
    private static final Set<JOSEObjectType> TYPES = Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

    private final OidcSettings settings;
    private final Identities identities;
    private final FollowedFiles<IssuerKeys> keys;

    private JwtLogin(OidcSettings settings, FollowedFiles<IssuerKeys> keys) {
        this.settings = settings;
        this.identities = new Identities(settings);
        this.keys = keys;
    }

    /**
     * Reads the keys.
     *
     * @param settings whose they are
     * @return takes JWTs
     * @throws ConfigurationException if they cannot be used
     */
    public static JwtLogin open(OidcSettings settings) {
        try {
            return new JwtLogin(
                    settings,
                    new FollowedFiles<>(
                            "the keys of the OIDC issuer",
                            List.of(settings.jwks()),
                            contents -> IssuerKeys.parse(contents.get(0))));
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException(List.of("--oidc-jwks " + settings.jwks() + " " + e.getMessage()));
        } catch (IOException e) {
            throw new ConfigurationException(List.of("--oidc-jwks " + settings.jwks() + " cannot be read: "
                    + e.getClass().getSimpleName()));
        }
    }

    /** Looks whether the keys were replaced; to be called about once a second. */
    public void look() {
        keys.look();
    }

    @Override
    public boolean trusts(Signed signed) {
        return keys.present().has(signed.key());
    }

    @Override
    public Checked check(Secret token, Instant now) {
        try {
            return Checked.good(signed(token.reveal(), now));
        } catch (Refusal e) {
            return Checked.refused(e.reason);
        }
    }

    private Signed signed(String token, Instant now) throws Refusal {
        if (token.length() > MAX_LENGTH) {
            throw new Refusal("the JWT is longer than " + MAX_LENGTH + " characters");
        }
        SignedJWT jwt = parse(token);
        IssuerKeys.Key key = key(jwt.getHeader());
        if (!isSignedBy(jwt, key)) {
            throw new Refusal("the signature of the JWT is wrong");
        }
        JWTClaimsSet claims = claims(jwt);
        if (!settings.issuer().equals(claims.getIssuer())) {
            throw new Refusal("the JWT is of another issuer");
        }
        if (!claims.getAudience().contains(settings.audience())) {
            throw new Refusal("the JWT is meant for somebody else");
        }
        Instant end = end(claims, now);
        return new Signed(
                identities.identity(claims),
                identities.policies(claims),
                settings.allowManagement(),
                key.thumbprint(),
                end);
    }

    private static SignedJWT parse(String token) throws Refusal {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException | RuntimeException e) {
            // Also what is signed by nobody (alg none), which is no JWS. The message would quote it.
            throw new Refusal("what was shown has the form of a JWT, and is no signed one");
        }
    }

    private IssuerKeys.Key key(JWSHeader header) throws Refusal {
        if (header.getType() != null && !TYPES.contains(header.getType())) {
            throw new Refusal("the JWT is of a type (typ) that is not for this");
        }
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            throw new Refusal("the JWT has critical headers (crit) that nobody here knows");
        }
        String id = header.getKeyID();
        if (id == null || id.isEmpty()) {
            throw new Refusal("the JWT does not name its key (kid)");
        }
        IssuerKeys.Key key = keys.present().find(id);
        if (key == null) {
            throw new Refusal("the key of the JWT (kid) is not among those that this node has of the issuer");
        }
        if (!key.algorithms().contains(header.getAlgorithm())) {
            throw new Refusal("the JWT is signed by an algorithm (alg) that its key is not for");
        }
        return key;
    }

    private static boolean isSignedBy(SignedJWT jwt, IssuerKeys.Key key) {
        try {
            return jwt.verify(key.verifier());
        } catch (JOSEException | RuntimeException e) {
            return false;
        }
    }

    private static JWTClaimsSet claims(SignedJWT jwt) throws Refusal {
        try {
            return jwt.getJWTClaimsSet();
        } catch (ParseException | RuntimeException e) {
            throw new Refusal("the claims of the JWT cannot be read");
        }
    }

    /** From when on it is nothing any more, for requests and for streams alike. */
    private Instant end(JWTClaimsSet claims, Instant now) throws Refusal {
        Instant expiry = required(claims.getExpirationTime(), "exp");
        Instant issued = required(claims.getIssueTime(), "iat");
        Instant end = expiry.plus(SKEW);
        if (!now.isBefore(end)) {
            throw new Refusal("the JWT has expired");
        }
        Instant from = Optional.ofNullable(claims.getNotBeforeTime())
                .map(Date::toInstant)
                .filter(notBefore -> notBefore.isAfter(issued))
                .orElse(issued);
        if (from.isAfter(now.plus(SKEW))) {
            throw new Refusal("the JWT is not good yet");
        }
        if (Duration.between(issued, expiry).compareTo(settings.maxLifetime()) > 0) {
            throw new Refusal(
                    "the JWT lives longer than " + settings.maxLifetime().toSeconds() + " s (oidc.max-lifetime)");
        }
        return end;
    }

    private static Instant required(@Nullable Date time, String claim) throws Refusal {
        if (time == null) {
            throw new Refusal("the JWT does not say when (" + claim + ")");
        }
        return time.toInstant();
    }
}

package io.rollcall.server.security.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.rollcall.server.config.OidcSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** An OpenID Connect issuer of tests: keys, a file of those that it publishes, and JWTs. */
public final class TestIssuer {

    public static final String ISSUER = "https://login.example/realms/one";
    public static final String AUDIENCE = "rollcall-test";

    private TestIssuer() {}

    public static RSAKey rsa(String id) {
        return made(() -> new RSAKeyGenerator(2_048).keyID(id).generate());
    }

    public static ECKey ec(String id) {
        return made(() -> new ECKeyGenerator(Curve.P_256).keyID(id).generate());
    }

    public static OctetKeyPair ed25519(String id) {
        return made(() -> new OctetKeyPairGenerator(Curve.Ed25519).keyID(id).generate());
    }

    interface Making<T> {
        T make() throws JOSEException;
    }

    private static <T> T made(Making<T> making) {
        try {
            return making.make();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts the public halves of keys into a file, at once as a whole. */
    public static Path publish(Path file, JWK... keys) {
        var set = new JWKSet(List.of(keys)).toPublicJWKSet().toString();
        try {
            var fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".fresh"), set);
            return Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static OidcSettings settings(Path jwks) {
        return new OidcSettings(jwks, ISSUER, AUDIENCE, "sub", "groups", "rollcall:", false, Duration.ofHours(24));
    }

    /** What is good for an hour. */
    public static JWTClaimsSet.Builder claims(String subject, Instant now, String... groups) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3_600)))
                .claim("groups", List.of(groups));
    }

    public static JWSHeader.Builder header(JWSAlgorithm algorithm, String keyId) {
        return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(keyId);
    }

    public static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        return made(() -> {
            var jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        });
    }

    /** A JWT of the algorithm that most issuers have for a kind of key. */
    public static String signed(JWK key, JWTClaimsSet claims) {
        if (key instanceof RSAKey rsa) {
            return signed(
                    header(JWSAlgorithm.RS256, key.getKeyID()).build(), claims, made(() -> new RSASSASigner(rsa)));
        }
        if (key instanceof ECKey ec) {
            return signed(header(JWSAlgorithm.ES256, key.getKeyID()).build(), claims, made(() -> new ECDSASigner(ec)));
        }
        return signed(
                header(JWSAlgorithm.EdDSA, key.getKeyID()).build(),
                claims,
                made(() -> new Ed25519Signer((OctetKeyPair) key)));
    }
}

package io.rollcall.server.security.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer, by their ids. Each is for the algorithms of its own kind alone, whatever the header of a JWT says, so
 * that nobody has a public key taken for the secret of another algorithm.
 */
final class IssuerKeys {

    private static final int MIN_RSA_BITS = 2_048;

    private static final Set<JWSAlgorithm> OF_RSA = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);
    private static final Set<JWSAlgorithm> OF_EC = Set.of(JWSAlgorithm.ES256);
    private static final Set<JWSAlgorithm> OF_ED25519 = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    private final Map<String, Key> byId;
    private final Set<String> thumbprints;

    /**
     * A key that can be used.
     *
     * @param verifier checks signatures
     * @param algorithms for which it is
     * @param thumbprint names it, whatever its id is
     */
    record Key(JWSVerifier verifier, Set<JWSAlgorithm> algorithms, String thumbprint) {}

    private IssuerKeys(Map<String, Key> byId) {
        this.byId = Map.copyOf(byId);
        this.thumbprints = byId.values().stream().map(Key::thumbprint).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads a JSON Web Key Set. What is in it for other uses is left out.
     *
     * @param json as it lies in the file
     * @return its keys
     * @throws GeneralSecurityException saying what is wrong, and nothing of what is in it
     */
    static IssuerKeys parse(byte[] json) throws GeneralSecurityException {
        JWKSet set;
        try {
            set = JWKSet.parse(new String(json, StandardCharsets.UTF_8));
        } catch (ParseException | RuntimeException e) {
            throw new GeneralSecurityException("is no JSON Web Key Set");
        }
        Map<String, Key> keys = new HashMap<>();
        for (JWK jwk : set.getKeys()) {
            if (jwk.isPrivate()) {
                throw new GeneralSecurityException(
                        "holds a key that is secret, private or symmetric: nobody but the issuer may have it");
            }
            Key key = key(jwk);
            String id = jwk.getKeyID();
            if (key != null && (id == null || id.isEmpty())) {
                throw new GeneralSecurityException("holds a key without an id (kid)");
            }
            if (key != null && keys.put(id, key) != null) {
                throw new GeneralSecurityException("holds two keys of the same id (kid)");
            }
        }
        if (keys.isEmpty()) {
            throw new GeneralSecurityException(
                    "holds no key to check signatures with: RSA of 2048 bits or more, EC on P-256, or Ed25519");
        }
        return new IssuerKeys(keys);
    }

    /** Null for one that is of no use here. */
    private static @Nullable Key key(JWK jwk) throws GeneralSecurityException {
        boolean isToSign = (jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE))
                && (jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY));
        if (!isToSign) {
            return null;
        }
        try {
            if (jwk instanceof RSAKey rsa && rsa.size() >= MIN_RSA_BITS) {
                return key(jwk, new RSASSAVerifier(rsa), OF_RSA);
            }
            if (jwk instanceof ECKey ec && ec.getCurve().equals(Curve.P_256)) {
                return key(jwk, new ECDSAVerifier(ec), OF_EC);
            }
            if (jwk instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519)) {
                return key(jwk, new Ed25519Verifier(pair), OF_ED25519);
            }
            return null;
        } catch (JOSEException e) {
            throw new GeneralSecurityException("holds a key that cannot be used");
        }
    }

    private static @Nullable Key key(JWK jwk, JWSVerifier verifier, Set<JWSAlgorithm> ofKind) throws JOSEException {
        if (jwk.getAlgorithm() == null) {
            return new Key(verifier, ofKind, jwk.computeThumbprint().toString());
        }
        Set<JWSAlgorithm> named =
                ofKind.stream().filter(jwk.getAlgorithm()::equals).collect(Collectors.toUnmodifiableSet());
        return named.isEmpty()
                ? null
                : new Key(verifier, named, jwk.computeThumbprint().toString());
    }

    @Nullable
    Key find(String id) {
        return byId.get(id);
    }

    boolean has(String thumbprint) {
        return thumbprints.contains(thumbprint);
    }
}

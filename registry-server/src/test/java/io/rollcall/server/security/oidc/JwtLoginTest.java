package io.rollcall.server.security.oidc;

import static io.rollcall.server.security.oidc.TestIssuer.claims;
import static io.rollcall.server.security.oidc.TestIssuer.header;
import static io.rollcall.server.security.oidc.TestIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.rollcall.api.model.Secret;
import io.rollcall.server.app.access.SignedLogin.Checked;
import io.rollcall.server.config.ConfigurationException;
import io.rollcall.server.config.OidcSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JwtLoginTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final RSAKey RSA = TestIssuer.rsa("rsa-1");

    @TempDir
    Path folder;

    private Path jwks;
    private JwtLogin login;

    @BeforeEach
    void open() {
        jwks = TestIssuer.publish(folder.resolve("jwks.json"), RSA);
        login = JwtLogin.open(TestIssuer.settings(jwks));
    }

    private Checked check(String token) {
        return login.check(Secret.of(token), NOW);
    }

    private Checked check(JWTClaimsSet.Builder claims) {
        return check(signed(RSA, claims.build()));
    }

    private void assertRefused(Checked checked, String reason) {
        assertThat(checked.signed()).as(checked.toString()).isNull();
        assertThat(checked.reason()).contains(reason);
    }

    @Test
    void aGoodOneSaysWhoItIsAndWhatHeMayDo() {
        var checked = check(
                claims("alice", NOW, "rollcall:orders-team", "rollcall:readers", "staff", "rollcall:", "rollcall:a b"));

        assertThat(checked.reason()).isEmpty();
        assertThat(checked.signed().identity()).isEqualTo("oidc:alice");
        assertThat(checked.signed().policies()).containsExactly("orders-team", "readers");
        assertThat(checked.signed().mayManage()).isFalse();
        assertThat(checked.signed().end()).isEqualTo(NOW.plusSeconds(3_600 + 30));
        assertThat(login.trusts(checked.signed())).isTrue();
    }

    @Test
    void eachKindOfKeySignsByItsOwnAlgorithm() throws Exception {
        var ec = TestIssuer.ec("ec-1");
        var ed25519 = TestIssuer.ed25519("ed-1");
        TestIssuer.publish(jwks, RSA, ec, ed25519);
        login.look();
        var claims = claims("alice", NOW).build();

        for (var key : List.of(RSA, ec, ed25519)) {
            assertThat(check(signed(key, claims)).reason()).as(key.getKeyID()).isEmpty();
        }
        assertThat(check(signed(header(JWSAlgorithm.PS256, "rsa-1").build(), claims, new RSASSASigner(RSA)))
                        .reason())
                .isEmpty();
        for (var algorithm : List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS512)) {
            assertRefused(
                    check(signed(header(algorithm, "rsa-1").build(), claims, new RSASSASigner(RSA))), "algorithm");
        }
        // Right by itself, and said to be of a key of another kind.
        assertRefused(
                check(signed(header(JWSAlgorithm.ES256, "rsa-1").build(), claims, new ECDSASigner(ec))), "algorithm");
        assertRefused(
                check(signed(header(JWSAlgorithm.RS256, "ec-1").build(), claims, new RSASSASigner(RSA))), "algorithm");
    }

    @Test
    void aPublicKeyIsNobodysSharedSecret() throws Exception {
        var claims = claims("mallory", NOW, "rollcall:orders-team").build();
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(RSA.toRSAPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        for (var secret : List.of(
                RSA.toRSAPublicKey().getEncoded(),
                pem.getBytes(StandardCharsets.US_ASCII),
                RSA.getModulus().decode(),
                RSA.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8))) {
            for (var algorithm : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
                assertRefused(
                        check(signed(header(algorithm, "rsa-1").build(), claims, new MACSigner(secret))), "algorithm");
            }
        }
    }

    @Test
    void whatNobodySignedIsRefused() {
        var good = signed(RSA, claims("alice", NOW).build());
        var parts = good.split("\\.", -1);
        var none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"kid\":\"rsa-1\"}".getBytes(StandardCharsets.UTF_8));

        assertRefused(check(new PlainJWT(claims("alice", NOW).build()).serialize()), "no signed one");
        assertRefused(check(none + "." + parts[1] + "."), "no signed one");
        assertRefused(check(none + "." + parts[1] + "." + parts[2]), "no signed one");
        assertRefused(check(parts[0] + "." + parts[1] + "."), "");
        assertRefused(check(none.replace("bm9uZQ", "Tm9uRQ") + "." + parts[1] + "." + parts[2]), "");
        for (var garbage : List.of("a.b.c", "..", "...", "a.b.c.d", "é.é.é", "eyJ.eyJ.x", "{}.{}.{}")) {
            assertRefused(check(garbage), "no signed one");
        }
    }

    @Test
    void whatWasAlteredIsRefused() throws Exception {
        var good = signed(RSA, claims("alice", NOW, "rollcall:readers").build());
        var parts = good.split("\\.", -1);
        var payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        var altered = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.replace("readers", "writers").getBytes(StandardCharsets.UTF_8));
        var head = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        var alteredHead = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(head.replace("\"alg\"", "\"x\":1,\"alg\"").getBytes(StandardCharsets.UTF_8));
        var signature = parts[2].toCharArray();
        signature[10] = signature[10] == 'A' ? 'B' : 'A';

        assertThat(payload).contains("readers");
        assertRefused(check(parts[0] + "." + altered + "." + parts[2]), "signature");
        assertRefused(check(alteredHead + "." + parts[1] + "." + parts[2]), "signature");
        assertRefused(check(parts[0] + "." + parts[1] + "." + new String(signature)), "signature");
        assertRefused(
                check(signed(
                        header(JWSAlgorithm.RS256, "rsa-1").build(),
                        claims("alice", NOW).build(),
                        new RSASSASigner(TestIssuer.rsa("rsa-1")))),
                "signature");
    }

    @Test
    void theHeaderSaysWhichKeyAndNothingElseOfIt() throws Exception {
        var claims = claims("mallory", NOW).build();
        var own = TestIssuer.rsa("mallory");
        var signer = new RSASSASigner(own);

        assertRefused(check(signed(own, claims)), "kid");
        assertRefused(check(signed(header(JWSAlgorithm.RS256, null).build(), claims, new RSASSASigner(RSA))), "kid");
        assertRefused(
                check(signed(
                        header(JWSAlgorithm.RS256, "mallory")
                                .jwk(own.toPublicJWK())
                                .build(),
                        claims,
                        signer)),
                "kid");
        assertRefused(
                check(signed(
                        header(JWSAlgorithm.RS256, "rsa-1")
                                .jwk(own.toPublicJWK())
                                .build(),
                        claims,
                        signer)),
                "signature");
        assertRefused(
                check(signed(
                        header(JWSAlgorithm.RS256, "rsa-1")
                                .criticalParams(Set.of("b64"))
                                .build(),
                        claims,
                        new RSASSASigner(RSA))),
                "");
        assertRefused(
                check(signed(
                        header(JWSAlgorithm.RS256, "rsa-1")
                                .type(new JOSEObjectType("logout+jwt"))
                                .build(),
                        claims,
                        new RSASSASigner(RSA))),
                "typ");
        assertThat(check(signed(
                                header(JWSAlgorithm.RS256, "rsa-1")
                                        .type(new JOSEObjectType("at+jwt"))
                                        .build(),
                                claims,
                                new RSASSASigner(RSA)))
                        .reason())
                .isEmpty();
    }

    @Test
    void issuerAndAudienceAreThoseThatWereSet() {
        for (var issuer : new String[] {
            null,
            "",
            "https://evil.example",
            TestIssuer.ISSUER + "/",
            TestIssuer.ISSUER.toUpperCase(java.util.Locale.ROOT)
        }) {
            assertRefused(check(claims("alice", NOW).issuer(issuer)), "another issuer");
        }
        for (var audience : new String[] {null, "", "other", TestIssuer.AUDIENCE + "2"}) {
            assertRefused(check(claims("alice", NOW).audience(audience)), "somebody else");
        }
        assertThat(check(claims("alice", NOW).audience(List.of("other", TestIssuer.AUDIENCE)))
                        .reason())
                .isEmpty();
    }

    @Test
    void timesAreHeldToWithThirtySecondsOfPatience() {
        var issued = Date.from(NOW.minusSeconds(600));

        assertThat(check(claims("a", NOW).issueTime(issued).expirationTime(Date.from(NOW.minusSeconds(29))))
                        .reason())
                .isEmpty();
        assertRefused(
                check(claims("a", NOW).issueTime(issued).expirationTime(Date.from(NOW.minusSeconds(30)))), "expired");
        assertThat(check(claims("a", NOW).notBeforeTime(Date.from(NOW.plusSeconds(30))))
                        .reason())
                .isEmpty();
        assertRefused(check(claims("a", NOW).notBeforeTime(Date.from(NOW.plusSeconds(31)))), "not good yet");
        assertRefused(check(claims("a", NOW).issueTime(Date.from(NOW.plusSeconds(31)))), "not good yet");
        assertRefused(check(claims("a", NOW).expirationTime(null)), "(exp)");
        assertRefused(check(claims("a", NOW).issueTime(null)), "(iat)");
    }

    @Test
    void oneThatWouldLiveTooLongIsRefusedFromTheBeginning() {
        assertThat(check(claims("a", NOW).expirationTime(Date.from(NOW.plus(Duration.ofHours(24)))))
                        .reason())
                .isEmpty();
        assertRefused(
                check(claims("a", NOW)
                        .expirationTime(Date.from(NOW.plus(Duration.ofHours(24)).plusSeconds(1)))),
                "oidc.max-lifetime");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "ä", "a\u0000", "<script>", "\"", "a,b"})
    void oneWithoutAProperNameIsRefused(String subject) {
        assertRefused(check(claims(subject, NOW)), "'sub'");
    }

    @Test
    void namesThatIssuersMakeAreTaken() {
        for (var subject : List.of(
                "110169484474386276334",
                "auth0|5f7c8ec7c33c6c004bbafe82",
                "6d3f0c5e-1111-4222-8333-0123456789ab",
                "alice@example.org",
                "x".repeat(122))) {
            assertThat(check(claims(subject, NOW)).signed().identity()).isEqualTo("oidc:" + subject);
        }
        assertRefused(check(claims("x".repeat(123), NOW)), "'sub'");
        assertRefused(check(claims(null, NOW)), "'sub'");
    }

    @Test
    void managementIsGivenButWhereItIsSaid() {
        var wanted = claims("root", NOW, "rollcall:global-management", "rollcall:readers");
        assertThat(check(wanted).signed().policies()).containsExactly("readers");

        var settings = TestIssuer.settings(jwks);
        var allowing = JwtLogin.open(new OidcSettings(
                jwks, settings.issuer(), settings.audience(), "email", "roles", "app/", true, settings.maxLifetime()));
        var token = signed(
                RSA,
                claims("a", NOW)
                        .claim("email", "root@example.org")
                        .claim("roles", "app/global-management")
                        .build());
        var signed = allowing.check(Secret.of(token), NOW).signed();
        assertThat(signed.identity()).isEqualTo("oidc:root@example.org");
        assertThat(signed.policies()).containsExactly("global-management");
        assertThat(signed.mayManage()).isTrue();
    }

    @Test
    void groupsAreAListOrOneOrNone() {
        assertThat(check(claims("a", NOW).claim("groups", null)).signed().policies())
                .isEmpty();
        assertThat(check(claims("a", NOW).claim("groups", "rollcall:one"))
                        .signed()
                        .policies())
                .containsExactly("one");
        assertThat(check(claims("a", NOW).claim("groups", java.util.Map.of("rollcall:one", 1)))
                        .signed()
                        .policies())
                .isEmpty();
        assertThat(check(claims("a", NOW).claim("groups", List.of(1, "rollcall:one", "rollcall:one")))
                        .signed()
                        .policies())
                .containsExactly("one");
        var many = IntStream.rangeClosed(1, 33).mapToObj(i -> "rollcall:p" + i).toArray(String[]::new);
        assertRefused(check(claims("a", NOW, many)), "more than 32");
    }

    @Test
    void whatIsTooLongIsNotLookedAt() {
        var long1 =
                signed(RSA, claims("alice", NOW).claim("x", "x".repeat(7_000)).build());

        assertThat(long1.length()).isGreaterThan(JwtLogin.MAX_LENGTH);
        assertRefused(check(long1), "longer than 8192");
        assertRefused(check("x.".repeat(1 << 20)), "longer than");
    }

    @Test
    void noReasonQuotesWhatWasShown() {
        var marker = "mArKeR";
        var claims = claims(marker, NOW).issuer(marker).build();
        for (var token : List.of(
                marker + "." + marker + "." + marker,
                signed(TestIssuer.rsa(marker), claims),
                signed(RSA, claims),
                signed(RSA, claims(marker + " " + marker, NOW).build()))) {
            var checked = check(token);
            assertThat(checked.signed()).isNull();
            assertThat(checked.reason()).isNotEmpty().doesNotContain(marker);
        }
    }

    // ---- keys

    @Test
    void keysAreReplacedWithTheFileAndWhatCannotBeUsedLeavesThem() throws IOException {
        var next = TestIssuer.ec("ec-2");
        var old = check(claims("alice", NOW)).signed();
        var fresh = signed(next, claims("alice", NOW).build());
        assertRefused(check(fresh), "kid");

        Files.writeString(jwks, "{\"keys\":[");
        login.look();
        assertThat(login.trusts(old)).isTrue();
        TestIssuer.publish(jwks, RSA, next);
        login.look();
        assertThat(login.trusts(old)).isTrue();
        assertThat(check(fresh).reason()).isEmpty();
        TestIssuer.publish(jwks, next);
        login.look();

        assertThat(login.trusts(old)).isFalse();
        assertRefused(check(claims("alice", NOW)), "kid");
        // Another key of the same id is another key.
        TestIssuer.publish(jwks, TestIssuer.rsa("rsa-1"));
        login.look();
        assertThat(login.trusts(old)).isFalse();
        assertRefused(check(claims("alice", NOW)), "signature");
    }

    @Test
    void filesThatAreNoneOrHoldSecretsStopTheStart() throws Exception {
        var weak = new RSAKeyGenerator(1_024, true).keyID("weak").generate();
        var symmetric = new OctetSequenceKey.Builder(new byte[32]).keyID("s").build();
        assertStops("", "no JSON Web Key Set");
        assertStops("[]", "no JSON Web Key Set");
        assertStops("{\"keys\":[]}", "no key");
        assertStops(new JWKSet(RSA).toString(false), "secret");
        assertStops(new JWKSet(List.of(RSA.toPublicJWK(), symmetric)).toString(false), "secret");
        assertStops(new JWKSet(weak.toPublicJWK()).toString(), "no key");
        assertStops(
                new JWKSet(new ECKeyGenerator(Curve.P_521).keyID("e").generate().toPublicJWK()).toString(), "no key");
        assertStops(
                new JWKSet(new RSAKey.Builder(RSA)
                                .keyUse(KeyUse.ENCRYPTION)
                                .build()
                                .toPublicJWK())
                        .toString(),
                "no key");
        assertStops(new JWKSet(new RSAKey.Builder(RSA).keyID(null).build().toPublicJWK()).toString(), "without an id");
        assertStops(
                new JWKSet(List.of(RSA.toPublicJWK(), TestIssuer.rsa("rsa-1").toPublicJWK())).toString(), "two keys");
        Files.delete(jwks);
        assertThatThrownBy(() -> JwtLogin.open(TestIssuer.settings(jwks)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--oidc-jwks " + jwks + " cannot be read");
    }

    private void assertStops(String content, String why) throws IOException {
        Files.writeString(jwks, content);
        assertThatThrownBy(() -> JwtLogin.open(TestIssuer.settings(jwks)))
                .as(content)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(why);
    }

    @Test
    void keysForOtherUsesAreLeftOut() {
        var forEncryption = new RSAKey.Builder(TestIssuer.rsa("enc"))
                .keyUse(KeyUse.ENCRYPTION)
                .build();
        TestIssuer.publish(jwks, RSA, forEncryption);
        login.look();

        assertThat(check(claims("alice", NOW)).reason()).isEmpty();
        assertRefused(check(signed(forEncryption, claims("alice", NOW).build())), "kid");
    }
}

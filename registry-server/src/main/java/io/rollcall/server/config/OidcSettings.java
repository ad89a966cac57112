package io.rollcall.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who else says who somebody is, by a JWT.
 *
 * @param jwks the file of the keys that it signs by, a JSON Web Key Set
 * @param issuer what it calls itself, to the letter
 * @param audience what it calls this cluster
 * @param identityClaim the claim that says who somebody is
 * @param groupsClaim the claim that says in which groups he is
 * @param groupPrefix what the groups begin with that are policies here; the rest is the policy's name
 * @param allowManagement whether groups may give {@code global-management}, and {@code acl:write} by any policy
 * @param maxLifetime how long a JWT may live in all
 */
public record OidcSettings(
        Path jwks,
        String issuer,
        String audience,
        String identityClaim,
        String groupsClaim,
        String groupPrefix,
        boolean allowManagement,
        Duration maxLifetime) {

    /** Reads them; one of the three that go together does not do. */
    static Optional<OidcSettings> read(SettingReader reader, List<String> findings) {
        Optional<Path> jwks = reader.read(OidcTable.JWKS);
        String issuer = reader.read(OidcTable.ISSUER);
        String audience = reader.read(OidcTable.AUDIENCE);
        List<String> missing = new ArrayList<>();
        if (jwks.isEmpty()) {
            missing.add("--oidc-jwks");
        }
        if (issuer.isEmpty()) {
            missing.add("--oidc-issuer");
        }
        if (audience.isEmpty()) {
            missing.add("--oidc-audience");
        }
        if (!missing.isEmpty() && missing.size() < OidcTable.OPTIONS.size()) {
            findings.add("--oidc-jwks, --oidc-issuer and --oidc-audience go together; give "
                    + String.join(" and ", missing) + ", too, or none of them");
        }
        String identityClaim = reader.read(OidcTable.IDENTITY_CLAIM);
        String groupsClaim = reader.read(OidcTable.GROUPS_CLAIM);
        String groupPrefix = reader.read(OidcTable.GROUP_PREFIX);
        boolean allowManagement = reader.read(OidcTable.ALLOW_MANAGEMENT);
        Duration maxLifetime = reader.read(OidcTable.MAX_LIFETIME);
        return jwks.filter(file -> missing.isEmpty())
                .map(file -> new OidcSettings(
                        file, issuer, audience, identityClaim, groupsClaim, groupPrefix, allowManagement, maxLifetime));
    }
}

package io.rollcall.server.security.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Names;
import io.rollcall.server.config.OidcSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Who the claims of a JWT say that somebody is here, and what he may do. */
final class Identities {

    /** What no identity of a token can begin with: their names have no colon. */
    static final String PREFIX = "oidc:";

    /** As many as a token has. */
    private static final int MAX_POLICIES = 32;

    // What issuers make: numbers, UUIDs, "auth0|5f7c…", addresses of mail; nothing that a log or a header could take
    // for more.
    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z0-9._@|:/+=~-]{1,122}");

    private final OidcSettings settings;

    Identities(OidcSettings settings) {
        this.settings = settings;
    }

    String identity(JWTClaimsSet claims) throws Refusal {
        if (claims.getClaim(settings.identityClaim()) instanceof String text
                && IDENTITY.matcher(text).matches()) {
            return PREFIX + text;
        }
        throw new Refusal("the JWT does not say who it is for: its claim '" + settings.identityClaim()
                + "' must be a text of 1 to 122 letters, digits and ._@|:/+=~-");
    }

    /** Groups of the prefix are policies; what is no name of one is none, and the one that allows all is but where it is said. */
    List<String> policies(JWTClaimsSet claims) throws Refusal {
        List<String> policies = new ArrayList<>();
        for (String group : groups(claims.getClaim(settings.groupsClaim()))) {
            if (!group.startsWith(settings.groupPrefix())) {
                continue;
            }
            String policy = group.substring(settings.groupPrefix().length());
            boolean isAllowed = settings.allowManagement() || !policy.equals(AccessPolicy.GLOBAL_MANAGEMENT_NAME);
            if (isAllowed && isName(policy) && !policies.contains(policy)) {
                policies.add(policy);
            }
        }
        if (policies.size() > MAX_POLICIES) {
            // Which of them to leave out nobody can say.
            throw new Refusal("the JWT is of more than " + MAX_POLICIES + " groups that are policies");
        }
        return policies;
    }

    private static List<String> groups(Object claim) {
        if (claim instanceof String one) {
            return List.of(one);
        }
        return claim instanceof Collection<?> many
                ? many.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    private static boolean isName(String policy) {
        try {
            Names.requireName("policy", policy);
            return true;
        } catch (InvalidRequestException e) {
            return false;
        }
    }
}

package io.rollcall.server.config;

import static io.rollcall.server.config.SettingParsers.duration;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The settings of who else says who somebody is. */
final class OidcTable {

    private static final int MAX_TEXT = 512;

    static final Setting<Optional<Path>> JWKS = new Setting<>("oidc-jwks", "FILE", "", OidcTable::file, """
                    The keys by which an OpenID Connect issuer signs, a JSON Web Key Set; its JWTs are then taken beside the \
                    cluster's own tokens. The file is followed: put the issuer's new keys there before it signs by them.""");

    static final Setting<String> ISSUER =
            new Setting<>("oidc-issuer", "URL", "", text(0), "What that issuer calls itself (iss), to the letter.");

    static final Setting<String> AUDIENCE = new Setting<>(
            "oidc-audience",
            "NAME",
            "",
            text(0),
            "What that issuer calls this cluster; a JWT for anybody else (aud) is refused.");

    static final Setting<String> IDENTITY_CLAIM = new Setting<>(
            "oidc.identity-claim",
            "NAME",
            "sub",
            text(1),
            "The claim that says who somebody is, and so whose instances are his; one that users can change lets them be others.");

    static final Setting<String> GROUPS_CLAIM = new Setting<>(
            "oidc.groups-claim",
            "NAME",
            "groups",
            text(1),
            "The claim that says in which groups somebody is, a list of texts or one.");

    static final Setting<String> GROUP_PREFIX = new Setting<>("oidc.group-prefix", "TEXT", "rollcall:", text(1), """
                    What a group's name begins with that stands for the policy of the name behind it; too short makes groups \
                    policies that were made for something else.""");

    static final Setting<Boolean> ALLOW_MANAGEMENT =
            new Setting<>("oidc.allow-management", "true|false", "false", SettingParsers::flag, """
                    Whether groups may give global-management, and acl:write by any policy; true lets whoever rules over the \
                    issuer's groups do everything.""");

    static final Setting<Duration> MAX_LIFETIME = new Setting<>(
            "oidc.max-lifetime", "DURATION", "24h", duration(Duration.ofMinutes(1), Duration.ofDays(31)), """
                    How long a JWT may live from its issue to its end; too short refuses what the issuer makes, too long lets in \
                    who left long ago, since a JWT cannot be taken back.""");

    /** Those that have an option each. */
    static final List<Setting<?>> OPTIONS = List.of(JWKS, ISSUER, AUDIENCE);

    /** Those of file and environment alone. */
    static final List<Setting<?>> TUNABLES =
            List.of(IDENTITY_CLAIM, GROUPS_CLAIM, GROUP_PREFIX, ALLOW_MANAGEMENT, MAX_LIFETIME);

    private OidcTable() {}

    private static Optional<Path> file(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must be the path of a file: " + e.getMessage(), e);
        }
    }

    private static Function<String, String> text(int min) {
        return text -> {
            boolean isPrintable = text.chars().allMatch(c -> c > ' ' && c <= '~');
            if (!isPrintable || text.length() < min || text.length() > MAX_TEXT) {
                throw new IllegalArgumentException(
                        "must have " + min + " to " + MAX_TEXT + " printable characters and no spaces");
            }
            return text;
        };
    }
}

package io.rollcall.server.view;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.AccessRule;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.Namespace;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.PolicyChanged;
import io.rollcall.statemachine.change.RegistryChange.TokenChanged;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Tokens and policies that a test puts straight into a view, without a log. */
public final class TestAcl {

    private final AclView view;
    private long index = 1;

    public TestAcl(AclView view) {
        this.view = view;
    }

    /** The header of a token of this id. */
    public static String bearer(String id) {
        return "Bearer " + id + ".secret-of-" + id;
    }

    /** A token whose identity is its id, with one policy of these rules, such as {@code service:write orders*}. */
    public TestAcl token(String id, String... rules) {
        return tokenOf(id, id, null, rules);
    }

    public TestAcl tokenOf(String id, String identity, Instant expiresAt, String... rules) {
        var parsed = new ArrayList<AccessRule>();
        for (var rule : rules) {
            parsed.add(rule(rule));
        }
        index++;
        var policy = "of-" + id;
        var token = new AccessToken(id, identity, "", List.of(policy), Instant.EPOCH, expiresAt, index, index);
        var hash = id.equals(AccessToken.ANONYMOUS_ID) ? "" : sha256("secret-of-" + id);
        return publish(
                new PolicyChanged(index, policy, new AccessPolicy(policy, "", parsed, index, index)),
                new TokenChanged(index, id, token, hash));
    }

    public TestAcl revoke(String id) {
        index++;
        return publish(new TokenChanged(index, id, null, ""));
    }

    private TestAcl publish(RegistryChange... changes) {
        view.changed(new ChangeBatch(index, index, 0, List.of(changes)));
        return this;
    }

    /** {@code resource:level [namespace/]name[*]}; the namespace of a key is told by two slashes: {@code team//a/b}. */
    public static AccessRule rule(String text) {
        var parts = text.split(" ", 2);
        var what = parts[0].split(":", 2);
        var name = parts.length == 1 ? "" : parts[1];
        var slashes = name.indexOf("//");
        var namespace = slashes < 0 ? null : new Namespace(name.substring(0, slashes));
        name = slashes < 0 ? name : name.substring(slashes + 2);
        var prefix = name.endsWith("*");
        return new AccessRule(
                AccessResource.valueOf(what[0].toUpperCase(Locale.ROOT)),
                AccessLevel.valueOf(what[1].toUpperCase(Locale.ROOT)),
                namespace,
                prefix ? name.substring(0, name.length() - 1) : name,
                prefix);
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

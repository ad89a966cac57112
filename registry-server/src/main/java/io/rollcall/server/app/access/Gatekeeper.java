package io.rollcall.server.app.access;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.AccessRule;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.Secret;
import io.rollcall.server.app.RefusedException;
import io.rollcall.server.config.AclDefault;
import io.rollcall.server.view.AclSnapshot;
import io.rollcall.server.view.AclView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says who asks and whether he may. All operations of all facades are decided here, and what is decided is that of this
 * node's own state: a token or policy that was changed at another node holds here as soon as the change is applied.
 * Thread-safe; nothing blocks.
 */
public final class Gatekeeper {

    private static final String SCHEME = "Bearer ";

    /** Of what was signed so much is kept, until tokens or policies change; to look at it anew costs a signature. */
    private static final int MAX_SIGNED_KEPT = 4_096;

    private final AclView view;
    private final AclDefault byDefault;
    private final BooleanSupplier hasCaughtUp;
    private final InstantSource clock;
    private final SignedLogin login;
    private volatile Compiled compiled = new Compiled(AclSnapshot.EMPTY);

    /** What was made ready of one snapshot, as callers came. Bounded by its tokens. */
    private record Compiled(
            AclSnapshot snapshot,
            Map<String, Known> tokens,
            Map<String, Caller> shown,
            Map<SignedLogin.Signed, Caller> signed,
            Caller withoutToken) {

        Compiled(AclSnapshot snapshot) {
            this(
                    snapshot,
                    new ConcurrentHashMap<>(),
                    new ConcurrentHashMap<>(),
                    new ConcurrentHashMap<>(),
                    Caller.withoutToken(snapshot));
        }
    }

    /** A token that is there. */
    private record Known(Caller caller, SecretHash hash) {}

    /**
     * The gatekeeper of a node that knows nobody but by its own tokens.
     *
     * @param view the tokens and policies
     * @param byDefault what is allowed to whoever shows no token
     * @param hasCaughtUp whether the view is one to decide by
     * @param clock this node's; ends tokens
     */
    public Gatekeeper(AclView view, AclDefault byDefault, BooleanSupplier hasCaughtUp, InstantSource clock) {
        this(view, byDefault, hasCaughtUp, clock, SignedLogin.NONE);
    }

    /**
     * The gatekeeper of a node.
     *
     * @param view the tokens and policies
     * @param byDefault what is allowed to whoever shows no token
     * @param hasCaughtUp whether the view is one to decide by
     * @param clock this node's; ends tokens
     * @param login knows others
     */
    public Gatekeeper(
            AclView view, AclDefault byDefault, BooleanSupplier hasCaughtUp, InstantSource clock, SignedLogin login) {
        this.login = login;
        this.view = view;
        this.byDefault = byDefault;
        this.hasCaughtUp = hasCaughtUp;
        this.clock = clock;
    }

    /**
     * Lets somebody in, or refuses him.
     *
     * @param requirement what the operation needs
     * @param authorization the value of the header; null if there is none
     * @param target what is asked for
     * @return who it is
     * @throws RefusedException if he may not, or if this node cannot tell yet
     */
    public Caller admit(Requirement requirement, @Nullable Secret authorization, Requirement.Target target) {
        if (requirement.isOpen(target)) {
            return Caller.NOBODY;
        }
        Caller caller = identify(authorization);
        Permission missing = requirement.missing(caller, target);
        if (missing != null) {
            throw new RefusedException(denied(caller, missing));
        }
        return caller;
    }

    /**
     * Says who it is.
     *
     * @param authorization the value of the header; null if there is none
     * @return somebody who may do something, or nothing
     * @throws RefusedException if the token is none, or if this node cannot tell yet
     */
    public Caller identify(@Nullable Secret authorization) {
        if (authorization == null && byDefault == AclDefault.ALLOW) {
            return compiled().withoutToken();
        }
        if (!hasCaughtUp.getAsBoolean()) {
            throw new RefusedException(Problem.of(
                            ErrorCode.NOT_READY,
                            "the node has not caught up with the cluster since its start, so that it cannot tell who"
                                    + " asks; ask another node")
                    .with("retryAfter", 1));
        }
        return authorization == null ? anonymous() : byToken(authorization.reveal());
    }

    private Caller anonymous() {
        Known known = known(compiled(), AccessToken.ANONYMOUS_ID);
        if (known == null || hasExpired(known.caller())) {
            throw new RefusedException(Problem.of(
                    ErrorCode.UNAUTHENTICATED, "a token is needed: send the header Authorization: Bearer ID.SECRET"));
        }
        return known.caller();
    }

    private Caller byToken(String authorization) {
        boolean isBearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String token = isBearer ? authorization.substring(SCHEME.length()).strip() : "";
        int dot = token.indexOf('.');
        if (dot >= 0 && dot != token.lastIndexOf('.')) {
            // Neither id nor secret of ours has a dot in it.
            return bySignature(token);
        }
        Known known = dot < 0 ? null : known(compiled(), token.substring(0, dot));
        byte[] shown = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        // An unknown id takes as long as a wrong secret.
        boolean isRight = (known == null ? SecretHash.OF_NOTHING : known.hash()).isOf(shown);
        if (known == null || !isRight || hasExpired(known.caller())) {
            throw new RefusedException(unknownToken());
        }
        return known.caller();
    }

    private Caller bySignature(String token) {
        Compiled present = compiled();
        // Its hash, so that nobody finds it in the memory of the node.
        String hash = SecretHash.textOf(token);
        Caller kept = present.shown().get(hash);
        Caller caller = kept == null ? checked(present, token) : kept;
        SignedLogin.Signed signed = caller.signed();
        if (signed == null || hasEnded(signed)) {
            throw new RefusedException(notSigned("the JWT has expired, or its key is trusted no more"));
        }
        if (kept == null) {
            keep(present.shown(), hash, caller);
        }
        return caller;
    }

    private Caller checked(Compiled present, String token) {
        SignedLogin.Checked checked = login.check(Secret.of(token), clock.instant());
        SignedLogin.Signed signed = checked.signed();
        if (signed == null) {
            throw new RefusedException(notSigned(checked.reason()));
        }
        return signed(present, signed);
    }

    private static Caller signed(Compiled present, SignedLogin.Signed signed) {
        Caller kept = present.signed().get(signed);
        if (kept != null) {
            return kept;
        }
        Caller made = Caller.of(signed, rights(present.snapshot(), signed), present.snapshot());
        keep(present.signed(), signed, made);
        return made;
    }

    private static <K> void keep(Map<K, Caller> kept, K key, Caller caller) {
        if (kept.size() >= MAX_SIGNED_KEPT) {
            kept.clear();
        }
        kept.put(key, caller);
    }

    private boolean hasEnded(SignedLogin.Signed signed) {
        return !clock.instant().isBefore(signed.end()) || !login.trusts(signed);
    }

    private static Problem notSigned(String reason) {
        return Problem.of(ErrorCode.UNAUTHENTICATED, reason);
    }

    private static Problem unknownToken() {
        return Problem.of(
                ErrorCode.UNAUTHENTICATED,
                "the token is unknown, wrong, expired or revoked; tokens are sent as Authorization: Bearer ID.SECRET");
    }

    private boolean hasExpired(Caller caller) {
        AclSnapshot.Entry token = caller.token();
        Instant end = token == null ? null : token.token().expiresAt();
        return end != null && !clock.instant().isBefore(end);
    }

    Instant now() {
        return clock.instant();
    }

    private Compiled compiled() {
        AclSnapshot current = view.current();
        Compiled present = compiled;
        if (!isSame(present.snapshot(), current)) {
            present = new Compiled(current);
            compiled = present;
        }
        return present;
    }

    @SuppressWarnings("ReferenceEquality") // to look whether it was replaced, not to compare all tokens at each request
    private static boolean isSame(AclSnapshot left, AclSnapshot right) {
        return left == right;
    }

    private static @Nullable Known known(Compiled compiled, String id) {
        Known known = compiled.tokens().get(id);
        AclSnapshot.Entry entry = known == null ? compiled.snapshot().tokens().get(id) : null;
        if (entry == null) {
            return known;
        }
        Caller caller = Caller.of(entry, rights(compiled.snapshot(), entry.token()), compiled.snapshot());
        Known made = new Known(caller, SecretHash.parse(entry.secretHash()));
        compiled.tokens().put(id, made);
        return made;
    }

    private static Rights rights(AclSnapshot snapshot, AccessToken token) {
        return Rights.of(rules(snapshot, token.policies()));
    }

    /** Whoever may make tokens may do everything, so that what somebody else has signed gives that but where it is said. */
    private static Rights rights(AclSnapshot snapshot, SignedLogin.Signed signed) {
        List<AccessRule> rules = rules(snapshot, signed.policies());
        if (!signed.mayManage()) {
            rules.removeIf(rule -> rule.resource() == AccessResource.ACL && rule.level() == AccessLevel.WRITE);
        }
        return Rights.of(rules);
    }

    private static List<AccessRule> rules(AclSnapshot snapshot, List<String> policies) {
        List<AccessRule> rules = new ArrayList<>();
        for (String name : policies) {
            AccessPolicy policy = snapshot.policies().get(name);
            if (policy != null) {
                rules.addAll(policy.rules());
            }
        }
        return rules;
    }

    /**
     * Says what a token may do, whoever asks that.
     *
     * @param tokenId its public half
     * @return null if there is no such token
     */
    public @Nullable Caller ofToken(String tokenId) {
        Known known = known(compiled(), tokenId);
        return known == null || hasExpired(known.caller()) ? null : known.caller();
    }

    /**
     * Says what has become of a caller who was let in before.
     *
     * @param caller as he was
     * @return as he is now, the same object if nothing has changed; null if his token is none any more
     */
    public @Nullable Caller renewed(Caller caller) {
        AclSnapshot.Entry token = caller.token();
        SignedLogin.Signed signed = caller.signed();
        if (signed != null) {
            return hasEnded(signed) ? null : renewed(caller, signed);
        }
        if (token == null) {
            return caller;
        }
        Compiled present = compiled();
        if (isSame(caller.snapshot(), present.snapshot())) {
            return hasExpired(caller) ? null : caller;
        }
        Known known = known(present, token.token().id());
        AclSnapshot.Entry now = known == null ? null : known.caller().token();
        if (known == null
                || now == null
                || !now.secretHash().equals(token.secretHash())
                || hasExpired(known.caller())) {
            return null;
        }
        return known.caller();
    }

    private Caller renewed(Caller caller, SignedLogin.Signed signed) {
        Compiled present = compiled();
        return isSame(caller.snapshot(), present.snapshot()) ? caller : signed(present, signed);
    }

    /**
     * Says whether a caller who was let in before may do something at this moment.
     *
     * @param caller as he was
     * @param permission what he needs
     * @return false also if his token is none any more
     */
    public boolean mayNow(Caller caller, Permission permission) {
        if (!caller.isAuthenticated()) {
            return caller.may(permission);
        }
        Caller now = renewed(caller);
        return now != null && now.may(permission);
    }

    /**
     * Says why a caller may not do something.
     *
     * @param caller who asks
     * @param permission what he needs
     * @return null if he may
     */
    public @Nullable Problem refusal(Caller caller, Permission permission) {
        return caller.may(permission) ? null : denied(caller, permission);
    }

    /**
     * Requires a permission.
     *
     * @param caller who asks
     * @param permission what he needs
     * @throws RefusedException if he may not
     */
    public void require(Caller caller, Permission permission) {
        Problem refusal = refusal(caller, permission);
        if (refusal != null) {
            throw new RefusedException(refusal);
        }
    }

    private static Problem denied(Caller caller, Permission permission) {
        String needed = permission.text();
        Problem problem = !caller.isAuthenticated()
                ? Problem.of(ErrorCode.UNAUTHENTICATED, "this needs a token with the permission '" + needed + "'")
                : Problem.of(ErrorCode.PERMISSION_DENIED, "the token lacks the permission '" + needed + "'");
        return problem.with("permission", needed);
    }
}

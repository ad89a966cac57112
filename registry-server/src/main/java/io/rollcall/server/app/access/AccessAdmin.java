package io.rollcall.server.app.access;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessRule;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.RefusedException;
import io.rollcall.server.app.RequestContext;
import io.rollcall.server.app.WriteCondition;
import io.rollcall.server.app.Writes;
import io.rollcall.server.view.AclSnapshot;
import io.rollcall.server.view.AclView;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.CommandResult.PolicyStored;
import io.rollcall.statemachine.command.CommandResult.TokenStored;
import io.rollcall.statemachine.command.Precondition;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Making and taking back tokens and policies. Whoever may do this may do everything: he can give himself any policy, so
 * nothing is gained by asking what he holds himself. What is done is committed on a majority and applied here; what is
 * refused fails with {@link RefusedException}. Thread-safe; no method blocks.
 */
public final class AccessAdmin {

    /** Id of the token that exists once a cluster was founded. */
    public static final String BOOTSTRAP_ID = "bootstrap";

    /** Most tokens, also those that expired lately; held to before the log. */
    static final int MAX_TOKENS = 10_000;

    /** Most policies; held to before the log. */
    static final int MAX_POLICIES = 1_000;

    private final Writes writes;
    private final AclView view;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * The administration of a node.
     *
     * @param writes the way of all writes
     * @param view what is there now
     * @param random draws ids and secrets
     * @param clock this node's; from it on a token's life counts
     */
    public AccessAdmin(Writes writes, AclView view, SecureRandom random, InstantSource clock) {
        this.writes = writes;
        this.view = view;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Returns all tokens, without their secrets.
     *
     * @return as applied here, in the order of their ids; those that expired lately are among them
     */
    public List<AccessToken> tokens() {
        return view.current().tokens().values().stream()
                .map(AclSnapshot.Entry::token)
                .sorted(Comparator.comparing(AccessToken::id))
                .toList();
    }

    /**
     * Finds a token.
     *
     * @param id which
     * @return null if it is not there
     */
    public @Nullable AccessToken token(String id) {
        AclSnapshot.Entry entry = view.current().tokens().get(id);
        return entry == null ? null : entry.token();
    }

    /**
     * Returns all policies.
     *
     * @return as applied here, in the order of their names; the one that is built in is among them
     */
    public List<AccessPolicy> policies() {
        return view.current().policies().values().stream()
                .sorted(Comparator.comparing(AccessPolicy::name))
                .toList();
    }

    /**
     * Finds a policy.
     *
     * @param name which
     * @return null if it is not there
     */
    public @Nullable AccessPolicy policy(String name) {
        return view.current().policies().get(name);
    }

    /**
     * Makes a token.
     *
     * @param order what it is to be like
     * @param context request id and circumstances
     * @return with its secret, unless it is a dry run
     */
    public CompletableFuture<AclChange<IssuedToken>> create(TokenOrder order, RequestContext context) {
        AclRules.check(order);
        if (view.current().tokens().size() >= MAX_TOKENS) {
            return refused(full("tokens", MAX_TOKENS));
        }
        return issue(order, context, null);
    }

    private CompletableFuture<AclChange<IssuedToken>> issue(
            TokenOrder order, RequestContext context, @Nullable AccessToken previous) {
        Credential credential = Credential.draw(random);
        long expiresAt = expiryOf(order.ttl());
        return put(credential.id(), order, expiresAt, credential.secretHash(), Precondition.ABSENT, context)
                .thenApply(change -> issued(change, context.dryRun() ? null : credential, previous));
    }

    private long expiryOf(Duration ttl) {
        return ttl.isZero() ? 0 : clock.instant().plus(ttl).toEpochMilli();
    }

    private CompletableFuture<AclChange<AccessToken>> put(
            String id,
            TokenOrder order,
            long expiresAt,
            String hash,
            Precondition precondition,
            RequestContext context) {
        return writes.write(
                context,
                header -> new AclCommand.PutToken(
                        header,
                        id,
                        order.identity(),
                        order.description(),
                        order.policies(),
                        expiresAt,
                        hash,
                        precondition),
                AclReading.of(
                        id,
                        false,
                        (result, dryRun) -> result instanceof TokenStored stored
                                ? new AclChange<>(stored.index(), stored.token(), stored.created(), dryRun)
                                : null));
    }

    private AclChange<IssuedToken> issued(
            AclChange<AccessToken> change, @Nullable Credential credential, @Nullable AccessToken previous) {
        AccessToken token = change.value();
        List<String> unknown = token.policies().stream()
                .filter(name -> !view.current().policies().containsKey(name))
                .toList();
        IssuedToken issued = new IssuedToken(token, credential, unknown, previous);
        return new AclChange<>(change.index(), issued, change.created(), change.dryRun());
    }

    /**
     * Changes what a token may do and how long it holds; its secret and its identity stay. The token of those who show none
     * is made by this as well.
     *
     * @param id which
     * @param order what it is to be like; the identity does not count
     * @param condition what must hold of what is there
     * @param context request id and circumstances
     * @return without a secret
     */
    public CompletableFuture<AclChange<IssuedToken>> change(
            String id, TokenOrder order, WriteCondition condition, RequestContext context) {
        AclSnapshot.Entry entry = view.current().tokens().get(id);
        boolean isAnonymous = id.equals(AccessToken.ANONYMOUS_ID);
        if (entry == null && !isAnonymous) {
            return refused(notFound(id));
        }
        String identity =
                entry == null ? AccessToken.ANONYMOUS_ID : entry.token().identity();
        TokenOrder changed = new TokenOrder(identity, order.description(), order.policies(), order.ttl());
        AclRules.check(changed);
        Precondition asked = condition.precondition();
        // The hash is that of the token as it is here: of one that was replaced meanwhile, it must not come back.
        Precondition unchanged = entry == null
                ? Precondition.ABSENT
                : Precondition.modifyIndex(entry.token().modifyIndex());
        if (!asked.holds(entry == null ? 0 : entry.token().modifyIndex())) {
            return refused(
                    AclReading.changed(id, entry == null ? 0 : entry.token().modifyIndex()));
        }
        return put(id, changed, expiryOf(order.ttl()), entry == null ? "" : entry.secretHash(), unchanged, context)
                .thenApply(change -> issued(change, null, null));
    }

    /**
     * Makes another token of the same identity that may do the same, and lets the present one end.
     *
     * @param id of the present one
     * @param ttl how long the new one is to hold; zero: for ever
     * @param overlap how long the present one goes on holding
     * @param context request id and circumstances
     * @return the new one, and the present one as it is then
     */
    public CompletableFuture<AclChange<IssuedToken>> rotate(
            String id, Duration ttl, Duration overlap, RequestContext context) {
        Violations violations = new Violations();
        AclRules.ttl("ttl", ttl, violations);
        AclRules.ttl("overlap", overlap, violations);
        violations.throwIfAny();
        AclSnapshot.Entry present = view.current().tokens().get(id);
        if (present == null || present.secretHash().isEmpty()) {
            return refused(notFound(id));
        }
        AccessToken old = present.token();
        TokenOrder same = new TokenOrder(old.identity(), old.description(), old.policies(), ttl);
        return issue(same, context, old)
                .thenCompose(change -> context.dryRun()
                        ? CompletableFuture.completedFuture(change)
                        : end(present, overlap, context).thenApply(ended -> withPrevious(change, ended)));
    }

    /** The new one is made and its secret is shown once: if the old one cannot be ended now, the answer shows that. */
    private CompletableFuture<AccessToken> end(AclSnapshot.Entry present, Duration overlap, RequestContext context) {
        AccessToken old = present.token();
        Instant end = clock.instant().plus(overlap);
        if (old.expiresAt() != null && old.expiresAt().isBefore(end)) {
            return CompletableFuture.completedFuture(old);
        }
        TokenOrder same = new TokenOrder(old.identity(), old.description(), old.policies(), overlap);
        RequestContext own =
                new RequestContext(null, context.traceParent(), context.actor(), context.authority(), false);
        return put(
                        old.id(),
                        same,
                        end.toEpochMilli(),
                        present.secretHash(),
                        Precondition.modifyIndex(old.modifyIndex()),
                        own)
                .handle((change, failure) -> change == null ? old : change.value());
    }

    private static AclChange<IssuedToken> withPrevious(AclChange<IssuedToken> change, AccessToken previous) {
        IssuedToken issued = change.value();
        return new AclChange<>(
                change.index(),
                new IssuedToken(issued.token(), issued.credential(), issued.unknownPolicies(), previous),
                change.created(),
                change.dryRun());
    }

    /**
     * Takes a token back. Of the bootstrap token an empty shell stays, so that no later leader makes another one.
     *
     * @param id which
     * @param condition what must hold of what is there
     * @param context request id and circumstances
     * @return the token as it was
     */
    public CompletableFuture<AclChange<AccessToken>> deleteToken(
            String id, WriteCondition condition, RequestContext context) {
        AclSnapshot.Entry entry = view.current().tokens().get(id);
        if (entry == null) {
            return refused(notFound(id));
        }
        AccessToken present = entry.token();
        if (id.equals(BOOTSTRAP_ID)) {
            TokenOrder shell = new TokenOrder(present.identity(), present.description(), List.of(), Duration.ZERO);
            return put(id, shell, clock.millis(), "", condition.precondition(), context)
                    .thenApply(change -> new AclChange<>(change.index(), present, false, change.dryRun()));
        }
        return writes.write(
                context,
                header -> new AclCommand.DeleteToken(header, id, condition.precondition()),
                AclReading.of(id, false, (result, dryRun) -> new AclChange<>(result.index(), present, false, dryRun)));
    }

    /**
     * Makes a policy, or replaces it.
     *
     * @param name which
     * @param description free text
     * @param rules what it allows
     * @param condition what must hold of what is there
     * @param context request id and circumstances
     * @return the policy
     */
    public CompletableFuture<AclChange<AccessPolicy>> putPolicy(
            String name, String description, List<AccessRule> rules, WriteCondition condition, RequestContext context) {
        AclRules.check(name, description, rules);
        AclSnapshot present = view.current();
        if (!present.policies().containsKey(name) && present.policies().size() > MAX_POLICIES) {
            return refused(full("policies", MAX_POLICIES));
        }
        return writes.write(
                context,
                header -> new AclCommand.PutPolicy(header, name, description, rules, condition.precondition()),
                AclReading.of(
                        name,
                        true,
                        (result, dryRun) -> result instanceof PolicyStored stored
                                ? new AclChange<>(stored.index(), stored.policy(), stored.created(), dryRun)
                                : null));
    }

    /**
     * Deletes a policy. Tokens that name it go on without it.
     *
     * @param name which
     * @param condition what must hold of what is there
     * @param context request id and circumstances
     * @return the policy as it was
     */
    public CompletableFuture<AclChange<AccessPolicy>> deletePolicy(
            String name, WriteCondition condition, RequestContext context) {
        AccessPolicy present = view.current().policies().get(name);
        if (present == null) {
            return refused(policyNotFound(name));
        }
        return writes.write(
                context,
                header -> new AclCommand.DeletePolicy(header, name, condition.precondition()),
                AclReading.of(name, true, (result, dryRun) -> new AclChange<>(result.index(), present, false, dryRun)));
    }

    /**
     * Says that a token is not there.
     *
     * @param id which
     * @return the problem
     */
    public static Problem notFound(String id) {
        return Problem.of(ErrorCode.TOKEN_NOT_FOUND, "token '" + id + "' is not there");
    }

    /**
     * Says that a policy is not there.
     *
     * @param name which
     * @return the problem
     */
    public static Problem policyNotFound(String name) {
        return Problem.of(ErrorCode.POLICY_NOT_FOUND, "policy '" + name + "' is not there");
    }

    private static Problem full(String what, int limit) {
        return Problem.of(
                        ErrorCode.QUOTA_EXCEEDED,
                        "there are " + limit + " " + what + " already; delete those that nobody uses")
                .with("limit", limit);
    }

    private static <T> CompletableFuture<T> refused(Problem problem) {
        return CompletableFuture.failedFuture(new RefusedException(problem));
    }
}

package io.rollcall.server.app.access;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.Namespace;
import io.rollcall.server.app.RequestContext;
import io.rollcall.server.view.AclSnapshot;
import io.rollcall.statemachine.command.Authority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what he may do, as of the moment at which he was identified. {@link Gatekeeper#renewed} says what has become
 * of him since. Immutable.
 */
public final class Caller {

    /** One of whom nothing is known, and who may do nothing: whoever asks for what is open. */
    static final Caller NOBODY = new Caller(null, null, Rights.NONE, AclSnapshot.EMPTY);

    private final AclSnapshot.@Nullable Entry token;
    private final @Nullable String identity;
    private final Rights rights;
    private final AclSnapshot snapshot;
    private final boolean isOperator;
    private final SignedLogin.@Nullable Signed signed;

    private Caller(AclSnapshot.@Nullable Entry token, @Nullable String identity, Rights rights, AclSnapshot snapshot) {
        this(token, null, identity, rights, snapshot);
    }

    private Caller(
            AclSnapshot.@Nullable Entry token,
            SignedLogin.@Nullable Signed signed,
            @Nullable String identity,
            Rights rights,
            AclSnapshot snapshot) {
        this.token = token;
        this.signed = signed;
        this.identity = identity;
        this.rights = rights;
        this.snapshot = snapshot;
        this.isOperator = rights.may(AccessResource.OPERATOR, AccessLevel.WRITE, null, "");
    }

    static Caller of(AclSnapshot.Entry token, Rights rights, AclSnapshot snapshot) {
        return new Caller(token, token.token().identity(), rights, snapshot);
    }

    /** One of whom somebody else has said who he is. */
    static Caller of(SignedLogin.Signed signed, Rights rights, AclSnapshot snapshot) {
        return new Caller(null, signed, signed.identity(), rights, snapshot);
    }

    /** One who shows no token, where none is needed. */
    static Caller withoutToken(AclSnapshot snapshot) {
        return new Caller(null, null, Rights.WITHOUT_TOKEN, snapshot);
    }

    /**
     * Returns who acts: the owner of what he registers.
     *
     * @return null if nobody was authenticated
     */
    public @Nullable String identity() {
        return identity;
    }

    /**
     * Returns the public half of the token.
     *
     * @return null if there is none
     */
    public @Nullable String tokenId() {
        return token == null ? null : token.token().id();
    }

    /**
     * Returns whose rate his requests count for.
     *
     * @return a token's id or the identity that was signed; null if nobody was authenticated
     */
    public @Nullable String rateKey() {
        return signed == null ? tokenId() : signed.identity();
    }

    /**
     * Tells whether he has shown who he is, so that what he may do can end.
     *
     * @return false for whoever shows nothing
     */
    public boolean isAuthenticated() {
        return token != null || signed != null;
    }

    /**
     * Returns from when on what he showed is nothing any more.
     *
     * @return null: never
     */
    @Nullable
    Instant expiresAt() {
        if (signed != null) {
            return signed.end();
        }
        return token == null ? null : token.token().expiresAt();
    }

    /**
     * Returns the registry index at which his rights were what they are, at the latest.
     *
     * @return 0 for whoever shows no token: his rights never change; the largest number for whoever was signed, since what was
     *     signed before may have said something else
     */
    public long rightsIndex() {
        if (signed != null) {
            return Long.MAX_VALUE;
        }
        return token == null ? 0 : snapshot.index();
    }

    /** Whether he may do exactly what another may. */
    boolean hasRightsOf(Caller other) {
        return rights.equals(other.rights);
    }

    /**
     * Returns what the caller may do to what others own.
     *
     * @return nothing is said of whoever shows no token
     */
    public Authority authority() {
        if (!isAuthenticated()) {
            return Authority.NONE;
        }
        return isOperator ? Authority.OPERATOR : Authority.OWNER;
    }

    /**
     * Decides.
     *
     * @param permission what is needed
     * @return whether it is there
     */
    public boolean may(Permission permission) {
        return rights.may(permission.resource(), permission.level(), permission.namespace(), permission.name());
    }

    /**
     * Tells whether all names of all namespaces are allowed.
     *
     * @param resource of what kind
     * @param level to read or to write
     * @return true if so
     */
    public boolean mayEverywhere(AccessResource resource, AccessLevel level) {
        return rights.mayEverywhere(resource, level);
    }

    /**
     * Tells whether some name of a namespace may be allowed that begins so.
     *
     * @param resource of what kind
     * @param level to read or to write
     * @param namespace which
     * @param prefix what the name begins with
     * @return true if so
     */
    public boolean maySome(AccessResource resource, AccessLevel level, Namespace namespace, String prefix) {
        return rights.maySome(resource, level, namespace, prefix);
    }

    boolean maySomewhere(AccessResource resource, AccessLevel level) {
        return rights.maySomewhere(resource, level);
    }

    /**
     * Tells whether the caller may change what others own.
     *
     * @return true for {@code operator:write}
     */
    public boolean isOperator() {
        return isOperator;
    }

    /**
     * Returns what the caller sees of a list.
     *
     * @param resource of what kind
     * @param namespace of the list
     * @param prefix what all names of the list begin with
     * @return for one answer
     */
    public Sight sight(AccessResource resource, Namespace namespace, String prefix) {
        return rights.mayAll(resource, AccessLevel.READ, namespace, prefix)
                ? Sight.FULL
                : Sight.of(name -> rights.may(resource, AccessLevel.READ, namespace, name));
    }

    /**
     * The circumstances of a request.
     *
     * @param requestId chosen by the caller; null: the node makes one
     * @param traceParent W3C trace context; null if there is none
     * @param dryRun whether nothing is to be changed
     * @return with who asks
     */
    public RequestContext context(@Nullable String requestId, @Nullable String traceParent, boolean dryRun) {
        return new RequestContext(requestId, traceParent, identity, authority(), dryRun);
    }

    AclSnapshot.@Nullable Entry token() {
        return token;
    }

    SignedLogin.@Nullable Signed signed() {
        return signed;
    }

    Rights rights() {
        return rights;
    }

    AclSnapshot snapshot() {
        return snapshot;
    }
}

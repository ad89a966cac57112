package io.rollcall.server.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.Secret;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.app.RefusedException;
import io.rollcall.server.config.AclDefault;
import io.rollcall.server.view.AclView;
import io.rollcall.server.view.TestAcl;
import io.rollcall.statemachine.command.Authority;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GatekeeperTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ServiceKey ORDERS = ServiceKey.of("default", "orders");

    private final AclView view = new AclView();
    private final TestAcl acl = new TestAcl(view);
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final AtomicBoolean caughtUp = new AtomicBoolean(true);
    private final Gatekeeper denying = new Gatekeeper(view, AclDefault.DENY, caughtUp::get, now::get);
    private final Gatekeeper allowing = new Gatekeeper(view, AclDefault.ALLOW, caughtUp::get, now::get);

    private static ErrorCode refusal(Gatekeeper gatekeeper, String authorization) {
        return catchThrowableOfType(RefusedException.class, () -> gatekeeper.identify(Secret.ofNullable(authorization)))
                .problem()
                .code();
    }

    @Test
    void aTokenIsWhoItSays() {
        acl.tokenOf("t1", "team-a", null, "service:write orders").token("ops", "service:read *", "operator:write");

        var caller = denying.identify(Secret.of(TestAcl.bearer("t1")));

        assertThat(caller.identity()).isEqualTo("team-a");
        assertThat(caller.tokenId()).isEqualTo("t1");
        assertThat(caller.authority()).isEqualTo(Authority.OWNER);
        assertThat(caller.may(Permission.of(AccessLevel.WRITE, ORDERS))).isTrue();
        assertThat(denying.identify(Secret.of(TestAcl.bearer("ops"))).authority())
                .isEqualTo(Authority.OPERATOR);
        assertThat(denying.identify(Secret.of("bearer t1.secret-of-t1")).tokenId())
                .isEqualTo("t1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer .",
                "Bearer t1",
                "Bearer t1.",
                "Bearer t1.secret-of-t",
                "Bearer t1.secret-of-t1x",
                "Bearer t2.secret-of-t1",
                "Bearer t1secret-of-t1",
                "Basic dDE6c2VjcmV0LW9mLXQx",
                "t1.secret-of-t1",
                "Bearer anonymous.",
                "Bearer anonymous.secret-of-anonymous",
                "Bearer a.b.c",
                "Bearer t1.secret-of-t1.",
                "Bearer t1.secret-of-t1.x",
            })
    void whatIsNoTokenIsRefusedWhateverIsAllowedWithoutOne(String authorization) {
        acl.token("t1", "service:write *").token("anonymous", "service:write *");

        assertThat(refusal(denying, authorization)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(refusal(allowing, authorization)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void whoShowsNothingIsOpenAnonymousOrRefused() {
        assertThat(allowing.identify(null).authority()).isEqualTo(Authority.NONE);
        assertThat(allowing.identify(null).identity()).isNull();
        assertThat(refusal(denying, null)).isEqualTo(ErrorCode.UNAUTHENTICATED);

        acl.tokenOf("anonymous", "guests", null, "service:read orders");

        assertThat(denying.identify(null).identity()).isEqualTo("guests");
        assertThat(denying.identify(null).may(Permission.of(AccessLevel.READ, ORDERS)))
                .isTrue();
        assertThat(denying.identify(null).may(Permission.of(AccessLevel.WRITE, ORDERS)))
                .isFalse();
        assertThat(allowing.identify(null).identity()).isNull();
    }

    @Test
    void aTokenEndsAtItsTime() {
        acl.tokenOf("t1", "t1", NOON.plusSeconds(1), "service:write *");

        var caller = denying.identify(Secret.of(TestAcl.bearer("t1")));
        now.set(NOON.plusSeconds(1).minusNanos(1));
        assertThat(denying.renewed(caller)).isSameAs(caller);
        now.set(NOON.plusSeconds(1));

        assertThat(refusal(denying, TestAcl.bearer("t1"))).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(denying.renewed(caller)).isNull();
        assertThat(denying.ofToken("t1")).isNull();
    }

    @Test
    void aChangeHoldsAtOnceAlsoForWhoWasLetIn() {
        acl.token("t1", "service:write *").token("t2", "service:read *");
        var first = denying.identify(Secret.of(TestAcl.bearer("t1")));
        var second = denying.identify(Secret.of(TestAcl.bearer("t2")));

        acl.revoke("t1").token("t2", "service:write orders");

        assertThat(denying.renewed(first)).isNull();
        assertThat(refusal(denying, TestAcl.bearer("t1"))).isEqualTo(ErrorCode.UNAUTHENTICATED);
        var now = denying.renewed(second);
        assertThat(now).isNotNull().isNotSameAs(second);
        assertThat(now.may(Permission.of(AccessLevel.WRITE, ORDERS))).isTrue();
        assertThat(now.may(Permission.of(AccessLevel.READ, ServiceKey.of("default", "other"))))
                .isFalse();
    }

    @Test
    void aDenialNamesWhatIsMissing() {
        acl.token("t1", "service:read *");
        var needed = Permission.of(AccessLevel.WRITE, ServiceKey.of("team-a", "orders"));

        var denied = denying.refusal(denying.identify(Secret.of(TestAcl.bearer("t1"))), needed);

        assertThat(denied.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(denied.members()).containsEntry("permission", "service:write team-a/orders");
        var secret = Permission.secret(ConfigKey.of("default", "db/password"));
        var withoutToken = allowing.refusal(allowing.identify(null), secret);
        assertThat(withoutToken.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(withoutToken.members()).containsEntry("permission", "secret:read db/password");
    }

    @Test
    void aNodeThatHasNotCaughtUpCannotTell() {
        acl.token("t1", "service:write *");
        caughtUp.set(false);

        assertThat(refusal(denying, TestAcl.bearer("t1"))).isEqualTo(ErrorCode.NOT_READY);
        assertThat(refusal(allowing, TestAcl.bearer("t1"))).isEqualTo(ErrorCode.NOT_READY);
        assertThat(refusal(denying, null)).isEqualTo(ErrorCode.NOT_READY);
        assertThat(allowing.identify(null).authority()).isEqualTo(Authority.NONE);
    }

    /** Takes what a test has it take; everything else is refused. */
    private static final class Login implements SignedLogin {

        private final Map<String, Signed> good = new HashMap<>();
        private final Set<String> trusted = new HashSet<>(Set.of("key"));
        private int looks;

        @Override
        public Checked check(Secret token, Instant now) {
            looks++;
            var signed = good.get(token.reveal());
            return signed == null ? Checked.refused("the signature is wrong") : Checked.good(signed);
        }

        @Override
        public boolean trusts(Signed signed) {
            return trusted.contains(signed.key());
        }

        void takes(String token, boolean mayManage, String... policies) {
            good.put(token, new Signed("oidc:alice", List.of(policies), mayManage, "key", NOON.plusSeconds(60)));
        }
    }

    private final Login login = new Login();
    private final Gatekeeper signing = new Gatekeeper(view, AclDefault.DENY, caughtUp::get, now::get, login);

    private Caller signed(String token) {
        return signing.identify(Secret.of("Bearer " + token));
    }

    @Test
    void whoIsVouchedForIsWhoWasSignedAndIsLookedAtOnce() {
        acl.token("t1", "service:write orders");
        login.takes("a.b.c", false, "of-t1", "none");

        var caller = signed("a.b.c");

        assertThat(caller.identity()).isEqualTo("oidc:alice");
        assertThat(caller.tokenId()).isNull();
        assertThat(caller.rateKey()).isEqualTo("oidc:alice");
        assertThat(caller.isAuthenticated()).isTrue();
        assertThat(caller.authority()).isEqualTo(Authority.OWNER);
        assertThat(caller.rightsIndex()).isEqualTo(Long.MAX_VALUE);
        assertThat(caller.may(Permission.of(AccessLevel.WRITE, ORDERS))).isTrue();
        assertThat(signed("a.b.c")).isSameAs(caller);
        assertThat(login.looks).isEqualTo(1);
        assertThat(refusal(signing, "Bearer a.b.d")).isEqualTo(ErrorCode.UNAUTHENTICATED);
        // One of ours has one dot.
        assertThat(signed("t1.secret-of-t1").tokenId()).isEqualTo("t1");
    }

    @Test
    void whatSomebodyElseSignsMakesNoTokensUnlessItIsAllowed() {
        acl.token("t1", "service:write *", "acl:write", "operator:write");
        login.takes("a.b.c", false, "of-t1");
        login.takes("d.e.f", true, "of-t1");
        var acl = Permission.of(AccessResource.ACL, AccessLevel.WRITE);

        assertThat(signed("a.b.c").may(acl)).isFalse();
        assertThat(signed("a.b.c").isOperator()).isTrue();
        assertThat(signed("a.b.c").may(Permission.of(AccessLevel.WRITE, ORDERS)))
                .isTrue();
        assertThat(signed("d.e.f").may(acl)).isTrue();
    }

    @Test
    void whatWasSignedEndsWithItsTimeItsKeyAndItsPolicies() {
        acl.token("t1", "service:write orders");
        login.takes("a.b.c", false, "of-t1");
        var caller = signed("a.b.c");
        assertThat(signing.renewed(caller)).isSameAs(caller);

        acl.token("t1", "service:read orders");
        assertThat(signing.mayNow(caller, Permission.of(AccessLevel.WRITE, ORDERS)))
                .isFalse();
        assertThat(signing.mayNow(caller, Permission.of(AccessLevel.READ, ORDERS)))
                .isTrue();
        assertThat(signed("a.b.c").may(Permission.of(AccessLevel.WRITE, ORDERS)))
                .isFalse();

        login.trusted.clear();
        assertThat(signing.renewed(caller)).isNull();
        assertThat(refusal(signing, "Bearer a.b.c")).isEqualTo(ErrorCode.UNAUTHENTICATED);
        login.trusted.add("key");
        assertThat(signing.renewed(caller)).isNotNull();

        now.set(NOON.plusSeconds(60));
        assertThat(signing.renewed(caller)).isNull();
        assertThat(refusal(signing, "Bearer a.b.c")).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(signing.mayNow(caller, Permission.of(AccessLevel.READ, ORDERS)))
                .isFalse();
    }

    @Test
    void whatIsOpenLooksAtNoToken() {
        caughtUp.set(false);

        assertThat(denying.admit(new Requirement.Open(), Secret.of("Bearer x.y"), Requirement.Target.of(ORDERS))
                        .authority())
                .isEqualTo(Authority.NONE);
        assertThatThrownBy(() -> denying.admit(
                        Requirement.named(AccessResource.SERVICE, AccessLevel.READ),
                        null,
                        Requirement.Target.of(ORDERS)))
                .isInstanceOf(RefusedException.class);
    }
}

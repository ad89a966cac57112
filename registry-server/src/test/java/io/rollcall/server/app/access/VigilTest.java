package io.rollcall.server.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Secret;
import io.rollcall.server.config.AclDefault;
import io.rollcall.server.view.AclView;
import io.rollcall.server.view.TestAcl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VigilTest {

    private final TestAcl acl;
    private final Gatekeeper gatekeeper;
    private final Vigil vigil;
    private final List<String> ended = new ArrayList<>();

    VigilTest() {
        var view = new AclView();
        acl = new TestAcl(view).token("one", "service:read a").token("two", "service:read a");
        gatekeeper = new Gatekeeper(view, AclDefault.DENY, () -> true, () -> Instant.EPOCH);
        vigil = new Vigil(gatekeeper);
    }

    private Caller caller(String token) {
        return gatekeeper.identify(Secret.of(TestAcl.bearer(token)));
    }

    @Test
    void whomNothingCanBeDecidedOfMayNotStay() {
        vigil.keep(
                caller("one"),
                now -> {
                    throw new IllegalStateException("no answer");
                },
                reason -> ended.add("one " + reason.wireName()));

        acl.token("one", "service:read b");
        vigil.look();

        assertThat(ended).containsExactly("one permissions-changed");
    }

    @Test
    void oneThatCannotBeEndedKeepsTheOthersFromNothing() {
        for (var token : List.of("one", "two", "one", "two")) {
            vigil.keep(caller(token), now -> true, reason -> {
                ended.add(token + " " + reason.wireName());
                throw new IllegalStateException("the connection is gone");
            });
        }

        acl.revoke("one").revoke("two");
        vigil.look();

        assertThat(ended)
                .containsExactlyInAnyOrder(
                        "one token-revoked", "two token-revoked", "one token-revoked", "two token-revoked");
    }
}

package io.rollcall.server.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.PolicyChanged;
import io.rollcall.statemachine.change.RegistryChange.TokenChanged;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AclViewTest {

    private final AclView view = new AclView();

    private static AccessToken token(String id, long index) {
        return new AccessToken(id, "web", "", List.of("web"), Instant.EPOCH, null, index, index);
    }

    private static AccessPolicy policy(String name, long index) {
        return new AccessPolicy(name, "", List.of(), index, index);
    }

    private void changed(RegistryChange... changes) {
        view.changed(new ChangeBatch(9, 9, 0, List.of(changes)));
    }

    @Test
    void policyThatIsBuiltInIsAlwaysThere() {
        assertThat(view.current().policies())
                .containsOnlyKeys(AccessPolicy.GLOBAL_MANAGEMENT_NAME)
                .containsValue(AccessPolicy.GLOBAL_MANAGEMENT);

        changed(new PolicyChanged(1, "web", policy("web", 1)));

        assertThat(view.current().policies()).containsOnlyKeys("web", AccessPolicy.GLOBAL_MANAGEMENT_NAME);
    }

    @Test
    void changesOfAnEntryAreSeenTogetherAndTheLastOneOfEachCounts() {
        changed(
                new TokenChanged(1, "a", token("a", 1), "hash-1"),
                new PolicyChanged(2, "web", policy("web", 2)),
                new TokenChanged(3, "b", token("b", 3), "hash-b"),
                new TokenChanged(4, "a", token("a", 4), "hash-2"));

        assertThat(view.current().index()).isEqualTo(4);
        assertThat(view.current().tokens()).containsOnlyKeys("a", "b");
        assertThat(view.current().tokens().get("a")).isEqualTo(new AclSnapshot.Entry(token("a", 4), "hash-2"));
        assertThat(view.current().policies().get("web")).isEqualTo(policy("web", 2));
    }

    @Test
    void whatWentIsGone() {
        changed(new TokenChanged(1, "a", token("a", 1), "h"), new PolicyChanged(2, "web", policy("web", 2)));
        AclSnapshot before = view.current();

        changed(new TokenChanged(3, "a", null, ""), new PolicyChanged(4, "web", null));

        assertThat(view.current().tokens()).isEmpty();
        assertThat(view.current().policies()).doesNotContainKey("web");
        assertThat(before.tokens()).containsOnlyKeys("a");
    }

    @Test
    void whatConcernsNeitherLeavesTheSnapshotAsItIs() {
        AclSnapshot before = view.current();

        changed();

        assertThat(view.current()).isSameAs(before);
    }

    @Test
    void hashOfASecretIsInNoText() {
        changed(new TokenChanged(1, "a", token("a", 1), "the-hash"));

        assertThat(view.current().toString()).contains("web").doesNotContain("the-hash");
    }
}

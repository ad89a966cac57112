package io.rollcall.statemachine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.AccessRule;
import io.rollcall.api.model.AccessToken;
import io.rollcall.statemachine.change.RegistryChange.PolicyChanged;
import io.rollcall.statemachine.change.RegistryChange.TokenChanged;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.Acknowledged;
import io.rollcall.statemachine.command.CommandResult.AclRefused;
import io.rollcall.statemachine.command.CommandResult.AclRefused.AclReason;
import io.rollcall.statemachine.command.CommandResult.HistoryTrimmed;
import io.rollcall.statemachine.command.CommandResult.PolicyStored;
import io.rollcall.statemachine.command.CommandResult.TokenStored;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.state.TokenRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AclRulesTest {

    private static final List<AccessRule> RULES =
            List.of(new AccessRule(AccessResource.SERVICE, AccessLevel.WRITE, null, "web-", true));

    private final FakeState state = new FakeState();

    private static AclCommand putPolicy(String name, Precondition precondition) {
        return new AclCommand.PutPolicy(Commands.header(), name, "for " + name, RULES, precondition);
    }

    private static AclCommand putToken(String id, long expiresAtMillis, Precondition precondition) {
        return new AclCommand.PutToken(
                Commands.header(), id, "web", "by hand", List.of("web"), expiresAtMillis, "h-" + id, precondition);
    }

    private AccessToken token(String id) {
        return state.tokens.get(id).token();
    }

    @Test
    void policyIsMadeAndReplaced() {
        Effect made = state.evaluate(putPolicy("web", Precondition.ABSENT));
        state.apply(putPolicy("web", Precondition.ABSENT));
        CommandResult replaced = state.apply(putPolicy("web", Precondition.modifyIndex(1)));

        AccessPolicy first = new AccessPolicy("web", "for web", RULES, 1, 1);
        assertThat(made.result()).isEqualTo(new PolicyStored(1, first, true));
        assertThat(made.changes()).containsExactly(new PolicyChanged(1, "web", first));
        assertThat(replaced).isEqualTo(new PolicyStored(2, new AccessPolicy("web", "for web", RULES, 1, 2), false));
    }

    @Test
    void policyIsDeleted() {
        state.apply(putPolicy("web", Precondition.NONE));
        Effect deleted = state.evaluate(new AclCommand.DeletePolicy(Commands.header(), "web", Precondition.NONE));
        state.apply(new AclCommand.DeletePolicy(Commands.header(), "web", Precondition.modifyIndex(1)));

        assertThat(deleted.result()).isEqualTo(new Acknowledged(2));
        assertThat(deleted.changes()).containsExactly(new PolicyChanged(2, "web", null));
        assertThat(state.policies).isEmpty();
    }

    @Test
    void builtInPolicyStaysAsItIs() {
        String name = AccessPolicy.GLOBAL_MANAGEMENT_NAME;

        assertThat(state.apply(putPolicy(name, Precondition.NONE))).isEqualTo(new AclRefused(1, AclReason.BUILT_IN, 0));
        assertThat(state.apply(new AclCommand.DeletePolicy(Commands.header(), name, Precondition.NONE)))
                .isEqualTo(new AclRefused(2, AclReason.BUILT_IN, 0));
        assertThat(state.policies).isEmpty();
    }

    @Test
    void tokenIsMadeAndReplacedWithItsHash() {
        state.nowMillis = 5_000;
        Effect made = state.evaluate(putToken("a", 9_000, Precondition.ABSENT));
        state.apply(putToken("a", 9_000, Precondition.ABSENT));
        state.nowMillis = 6_000;
        CommandResult replaced = state.apply(putToken("a", 0, Precondition.NONE));

        AccessToken first = new AccessToken(
                "a", "web", "by hand", List.of("web"), Instant.ofEpochMilli(5_000), Instant.ofEpochMilli(9_000), 1, 1);
        assertThat(made.result()).isEqualTo(new TokenStored(1, first, true));
        assertThat(made.changes()).containsExactly(new TokenChanged(1, "a", first, "h-a"));
        AccessToken second =
                new AccessToken("a", "web", "by hand", List.of("web"), Instant.ofEpochMilli(5_000), null, 1, 2);
        assertThat(replaced).isEqualTo(new TokenStored(2, second, false));
        assertThat(state.tokens.get("a")).isEqualTo(new TokenRecord(second, "h-a"));
    }

    @Test
    void createIfNoneHasOneWinner() {
        CommandResult winner = state.apply(putToken("bootstrap", 0, Precondition.ABSENT));
        CommandResult loser = state.apply(new AclCommand.PutToken(
                Commands.header(), "bootstrap", "x", "", List.of(), 0, "h-loser", Precondition.ABSENT));

        assertThat(winner).isInstanceOf(TokenStored.class);
        assertThat(loser).isEqualTo(new AclRefused(2, AclReason.PRECONDITION_FAILED, 1));
        assertThat(state.tokens.get("bootstrap").secretHash()).isEqualTo("h-bootstrap");
    }

    @Test
    void tokenIsDeletedAndWhatIsNotThereIsNot() {
        state.apply(putToken("a", 0, Precondition.NONE));

        assertThat(state.apply(new AclCommand.DeleteToken(Commands.header(), "a", Precondition.modifyIndex(7))))
                .isEqualTo(new AclRefused(2, AclReason.PRECONDITION_FAILED, 1));
        Effect deleted = state.evaluate(new AclCommand.DeleteToken(Commands.header(), "a", Precondition.NONE));
        assertThat(deleted.changes()).containsExactly(new TokenChanged(3, "a", null, ""));
        assertThat(state.apply(new AclCommand.DeleteToken(Commands.header(), "a", Precondition.NONE)))
                .isEqualTo(new Acknowledged(3));
        assertThat(state.apply(new AclCommand.DeleteToken(Commands.header(), "a", Precondition.NONE)))
                .isEqualTo(new AclRefused(4, AclReason.NOT_FOUND, 0));
        assertThat(state.apply(new AclCommand.DeletePolicy(Commands.header(), "web", Precondition.NONE)))
                .isEqualTo(new AclRefused(5, AclReason.NOT_FOUND, 0));
    }

    @Test
    void onlyWhatExpiredLongEnoughAgoIsForgotten() {
        state.apply(putToken("old", 1_000, Precondition.NONE));
        state.apply(putToken("new", 2_000, Precondition.NONE));
        state.apply(putToken("for-ever", 0, Precondition.NONE));
        List<String> ids = List.of("old", "new", "for-ever", "unknown", "old");

        CommandResult late = state.apply(new AclCommand.ForgetTokens(Commands.header(), 2, ids, 2_000));
        Effect effect = state.evaluate(new AclCommand.ForgetTokens(Commands.header(), 1, ids, 2_000));
        CommandResult done = state.apply(new AclCommand.ForgetTokens(Commands.header(), 1, ids, 2_000));

        assertThat(late).isEqualTo(new HistoryTrimmed(4, 0));
        assertThat(effect.changes()).containsExactly(new TokenChanged(5, "old", null, ""));
        assertThat(done).isEqualTo(new HistoryTrimmed(5, 1));
        assertThat(state.tokens.keySet()).containsExactlyInAnyOrder("new", "for-ever");
        assertThat(token("new").expiresAt()).isEqualTo(Instant.ofEpochMilli(2_000));
    }
}

package io.rollcall.server.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.AccessToken;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.view.AclView;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange.TokenChanged;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.HistoryTrimmed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class TokenForgetterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(TokenForgetter.KEPT).minusMillis(1);

    private final AclView view = new AclView();
    private final List<AclCommand.ForgetTokens> commands = new ArrayList<>();
    private final List<CompletableFuture<CommandResult>> results = new ArrayList<>();
    private long index;
    private long nanos;
    private final TokenForgetter forgetter = new TokenForgetter(new Log(), view, () -> nanos, InstantSource.fixed(NOW));

    private final class Log implements LeaderLog {

        @Override
        public CompletableFuture<Long> confirm() {
            throw new AssertionError("its term fences it");
        }

        @Override
        public CompletableFuture<Boolean> applied(long logIndex, Duration deadline) {
            throw new AssertionError("nothing is waited for");
        }

        @Override
        public CompletableFuture<CommandResult> append(Command command) {
            commands.add((AclCommand.ForgetTokens) command);
            results.add(new CompletableFuture<>());
            return results.get(results.size() - 1);
        }
    }

    private void token(String id, Instant expiresAt) {
        index++;
        AccessToken token = new AccessToken(id, "web", "", List.of(), NOW, expiresAt, index, index);
        view.changed(new ChangeBatch(index, index, 0, List.of(new TokenChanged(index, id, token, "h"))));
    }

    private void sweep(long term) {
        nanos += TokenForgetter.INTERVAL.toNanos();
        forgetter.sweep(term);
    }

    @Test
    void onlyWhatExpiredLongAgoIsForgottenAndNeverTheFirstToken() {
        token("b-old", LONG_AGO);
        token("a-old", LONG_AGO);
        token("lately", NOW.minus(TokenForgetter.KEPT));
        token("for-ever", null);
        token("bootstrap", LONG_AGO);

        sweep(7);

        assertThat(commands).singleElement().satisfies(command -> {
            assertThat(command.ids()).containsExactly("a-old", "b-old");
            assertThat(command.term()).isEqualTo(7);
            assertThat(command.beforeMillis())
                    .isEqualTo(NOW.minus(TokenForgetter.KEPT).toEpochMilli());
            assertThat(command.isRemembered()).isFalse();
        });
    }

    @Test
    void whereNothingIsDueNothingIsProposed() {
        token("a", null);

        sweep(7);

        assertThat(commands).isEmpty();
    }

    @Test
    void oneIsUnderWayAtATimeAndALostTermHoldsUpNoOther() {
        token("a", LONG_AGO);
        sweep(7);
        sweep(7);
        assertThat(commands).hasSize(1);

        sweep(8);
        assertThat(commands).hasSize(2);

        results.get(1).complete(new HistoryTrimmed(1, 1));
        sweep(8);
        assertThat(commands).hasSize(3);
    }
}

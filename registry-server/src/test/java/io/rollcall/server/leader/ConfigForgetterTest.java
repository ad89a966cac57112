package io.rollcall.server.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ContentType;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.config.HistorySettings;
import io.rollcall.server.view.ConfigView;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange.ConfigChanged;
import io.rollcall.statemachine.change.RegistryChange.ConfigForgotten;
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

final class ConfigForgetterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration RETENTION = Duration.ofHours(1);

    private final ConfigView view = new ConfigView();
    private final Log log = new Log();
    private long index;
    private long nanos;
    private final ConfigForgetter forgetter = new ConfigForgetter(
            new HistorySettings(RETENTION, 1_000_000, 1_000), log, view, () -> nanos, InstantSource.fixed(NOW));

    private final class Log implements LeaderLog {

        private final List<Command.ForgetConfig> commands = new ArrayList<>();
        private final List<CompletableFuture<CommandResult>> results = new ArrayList<>();

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
            commands.add((Command.ForgetConfig) command);
            results.add(new CompletableFuture<>());
            return results.get(results.size() - 1);
        }

        private List<String> paths() {
            return commands.stream().map(command -> command.key().path()).toList();
        }

        /** The last command is done; with its last version the key goes. */
        private void end(boolean hasGone) {
            Command.ForgetConfig last = commands.get(commands.size() - 1);
            if (hasGone) {
                ConfigEntry forgotten = view.current().entry(last.key());
                view.changed(new ChangeBatch(++index, index, 0, List.of(new ConfigForgotten(index, forgotten))));
            }
            results.get(results.size() - 1).complete(new HistoryTrimmed(index, 1));
        }
    }

    private void delete(String path, Instant at) {
        index++;
        ConfigEntry deletion = new ConfigEntry(
                ConfigKey.of("default", path), 2, 1, index, at, ContentType.DEFAULT, 0, false, true, null);
        view.changed(new ChangeBatch(index, index, 0, List.of(new ConfigChanged(index, null, deletion))));
    }

    private void sweep(long term) {
        nanos += ConfigForgetter.INTERVAL.toNanos();
        forgetter.sweep(term);
    }

    @Test
    void whatWasDeletedLatelyIsLeftAlone() {
        delete("a", NOW.minus(RETENTION));

        sweep(7);

        assertThat(log.commands).isEmpty();
    }

    @Test
    void whatWasDeletedLongAgoIsForgotten() {
        delete("a", NOW.minus(RETENTION).minusMillis(1));
        delete("b", NOW);

        sweep(7);

        assertThat(log.commands).singleElement().satisfies(command -> {
            assertThat(command.key().path()).isEqualTo("a");
            assertThat(command.term()).isEqualTo(7);
            assertThat(command.beforeMillis()).isEqualTo(NOW.minus(RETENTION).toEpochMilli());
            assertThat(command.isRemembered()).isFalse();
        });
    }

    @Test
    void keyOfManyVersionsIsForgottenByManyCommandsOneAfterTheOther() {
        delete("a", Instant.EPOCH);

        sweep(7);
        log.end(false);
        sweep(7);
        assertThat(log.paths()).containsExactly("a", "a");
        log.end(true);
        sweep(7);

        assertThat(log.paths()).containsExactly("a", "a");
    }

    @Test
    void whatHasNothingToDoIsNotProposedInACircle() {
        delete("a", Instant.EPOCH);

        sweep(7);
        log.results.get(0).complete(new HistoryTrimmed(9, 0));
        assertThat(log.commands).hasSize(1);
        sweep(7);

        assertThat(log.commands).hasSize(2);
    }

    @Test
    void whatIsLostWithItsTermDoesNotHoldUpTheNext() {
        delete("a", Instant.EPOCH);

        sweep(7);
        sweep(7);
        assertThat(log.commands).hasSize(1);
        sweep(8);

        assertThat(log.commands).hasSize(2);
    }
}

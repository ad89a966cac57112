package io.rollcall.server.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.config.HistorySettings;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.HistoryTrimmed;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.history.PastUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class HistoryTrimmerTest {

    private static final HistorySettings SETTINGS = new HistorySettings(Duration.ofHours(1), 1_000_000, 1_000);

    private final ManualTime time = new ManualTime();
    private final Log log = new Log();
    private final Store store = new Store();
    private final HistoryTrimmer trimmer = new HistoryTrimmer(SETTINGS, log, store, time, time);

    private void pass(Duration duration) {
        time.advance(duration);
        trimmer.sweep(7);
    }

    @Test
    void whatIsOldOrTooMuchIsForgottenByACommandOfTheTerm() {
        store.due = true;

        pass(HistoryTrimmer.INTERVAL);

        assertThat(log.commands).hasSize(1);
        Command.TrimHistory trim = log.commands.get(0);
        assertThat(trim.term()).isEqualTo(7);
        assertThat(trim.beforeMillis())
                .isEqualTo(time.millis() - SETTINGS.retention().toMillis());
        assertThat(trim.keepBytes()).isEqualTo(SETTINGS.maxSizeBytes());
    }

    @Test
    void nothingIsProposedWhileThereIsNothingToForget() {
        pass(HistoryTrimmer.INTERVAL);

        assertThat(log.commands).isEmpty();
    }

    @Test
    void aLookIsTakenNowAndThenAlone() {
        store.due = true;
        log.results.add(new HistoryTrimmed(1, 0));

        pass(HistoryTrimmer.INTERVAL.minusMillis(1));
        assertThat(log.commands).isEmpty();
        pass(Duration.ofMillis(1));
        pass(HistoryTrimmer.INTERVAL.minusMillis(1));

        assertThat(log.commands).hasSize(1);
    }

    @Test
    void aFullBatchIsFollowedByTheNextAtOnce() {
        store.due = true;
        log.results.add(new HistoryTrimmed(1, HistoryTrimmer.BATCH_MAX));
        log.results.add(new HistoryTrimmed(2, HistoryTrimmer.BATCH_MAX));
        log.results.add(new HistoryTrimmed(3, 1));

        pass(HistoryTrimmer.INTERVAL);

        assertThat(log.commands).hasSize(3);
    }

    @Test
    void oneIsUnderWayAtMostAndOneThatIsLostHoldsUpNothing() {
        store.due = true;
        pass(HistoryTrimmer.INTERVAL);
        pass(HistoryTrimmer.INTERVAL);
        assertThat(log.commands).hasSize(1);

        log.pending.get(0).completeExceptionally(new IllegalStateException("no longer leads"));
        pass(HistoryTrimmer.INTERVAL);
        assertThat(log.commands).hasSize(2);

        time.advance(HistoryTrimmer.INTERVAL);
        trimmer.sweep(8);
        assertThat(log.commands).as("another term").hasSize(3);
    }

    @Test
    void aStoreThatIsNotOpenIsLookedAtLater() {
        store.open = false;

        pass(HistoryTrimmer.INTERVAL);

        assertThat(log.commands).isEmpty();
    }

    private static final class Store implements PastReader {
        private boolean due;
        private boolean open = true;

        @Override
        @SuppressWarnings("unchecked") // the trimmer asks one question
        public <R> R read(Function<Past, R> reads) {
            if (!open) {
                throw new PastUnavailableException();
            }
            return (R) Boolean.valueOf(due);
        }
    }

    private static final class Log implements LeaderLog {
        private final List<Command.TrimHistory> commands = new ArrayList<>();
        private final Queue<CommandResult> results = new ArrayDeque<>();
        private final List<CompletableFuture<CommandResult>> pending = new ArrayList<>();

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
            commands.add((Command.TrimHistory) command);
            CommandResult result = results.poll();
            if (result != null) {
                return CompletableFuture.completedFuture(result);
            }
            pending.add(new CompletableFuture<>());
            return pending.get(pending.size() - 1);
        }
    }
}

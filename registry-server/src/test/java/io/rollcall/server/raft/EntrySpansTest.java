package io.rollcall.server.raft;

import static io.rollcall.server.telemetry.RecordedSpans.SAMPLED;
import static io.rollcall.server.telemetry.RecordedSpans.SPAN;
import static io.rollcall.server.telemetry.RecordedSpans.TRACE;
import static io.rollcall.server.telemetry.RecordedSpans.UNSAMPLED;
import static io.rollcall.server.telemetry.RecordedSpans.attributes;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.telemetry.RecordedSpans;
import io.rollcall.server.trace.SpanNames;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.ratis.TracedEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EntrySpansTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final InstanceKey KEY = InstanceKey.of("default", "orders", "a");

    private final RecordedSpans recorded = new RecordedSpans();
    private final EntrySpans spans = new EntrySpans(recorded.tracing(), InstantSource.fixed(NOW));

    @AfterEach
    void close() {
        recorded.close();
    }

    private static TracedEntry entry(Duration age, Long proposedNanos, String... traceParents) {
        List<Command> commands = List.of(traceParents).stream()
                .<Command>map(traceParent -> new Command.DeregisterInstance(
                        new CommandHeader("q", "", traceParent, null, Authority.NONE), KEY, null, Precondition.NONE))
                .toList();
        List<CommandResult> results = commands.stream()
                .<CommandResult>map(command -> new CommandResult.Deregistered(7, KEY, 3))
                .toList();
        long now = System.nanoTime();
        return new TracedEntry(
                3,
                12,
                new CommandBatch(NOW.minus(age).toEpochMilli(), commands),
                results,
                proposedNanos,
                now - TimeUnit.MILLISECONDS.toNanos(5),
                now);
    }

    @Test
    void memberThatProposedTellsOfTheCommitAndOfItsOwnApplying() {
        long proposed = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(20);

        spans.applied(entry(Duration.ofMillis(20), proposed, SAMPLED));

        var commit = recorded.one(SpanNames.COMMIT);
        var apply = recorded.one(SpanNames.APPLY);
        assertThat(List.of(commit, apply)).allSatisfy(span -> {
            assertThat(span.getTraceId()).isEqualTo(TRACE);
            assertThat(span.getParentSpanId()).isEqualTo(SPAN);
            assertThat(attributes(span))
                    .containsEntry("rollcall.term", "3")
                    .containsEntry("rollcall.log.index", "12")
                    .containsEntry("rollcall.entry.commands", "1");
        });
        assertThat(attributes(apply))
                .containsEntry("rollcall.command", "deregister-instance")
                .containsEntry("rollcall.service.name", "orders")
                .containsEntry("rollcall.outcome", "applied")
                .containsEntry("rollcall.index", "7");
        assertThat(commit.getStartEpochNanos()).isLessThan(apply.getStartEpochNanos());
        assertThat(commit.getEndEpochNanos()).isLessThan(apply.getEndEpochNanos());
    }

    @Test
    void otherMembersTellOfTheirApplyingAlone() {
        spans.applied(entry(Duration.ZERO, null, SAMPLED));

        assertThat(recorded.all()).containsExactly(recorded.one(SpanNames.APPLY));
    }

    @Test
    void commandsOfAnEntryThatAreNotSampledAreNotTold() {
        spans.applied(entry(Duration.ZERO, null, UNSAMPLED, SAMPLED, UNSAMPLED));

        assertThat(attributes(recorded.one(SpanNames.APPLY))).containsEntry("rollcall.entry.commands", "3");
    }

    @Test
    void entriesOfAReplayAreNotToldAgain() {
        spans.applied(entry(EntrySpans.FRESH.plusMillis(1), null, SAMPLED));

        assertThat(recorded.all()).isEmpty();
    }
}

package io.rollcall.server.leader;

import static io.rollcall.server.telemetry.RecordedSpans.attributes;
import static io.rollcall.server.telemetry.RecordedSpans.traceParent;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.app.PeerDesk;
import io.rollcall.server.app.PeerQuestion;
import io.rollcall.server.config.CanarySettings;
import io.rollcall.server.probe.Outcome;
import io.rollcall.server.telemetry.RecordedSpans;
import io.rollcall.server.trace.SpanNames;
import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a leader tells of its duties by spans. */
final class TracedDutiesTest {

    private static final InstanceKey KEY = InstanceKey.of("default", "orders", "a");

    private final RecordedSpans spans = new RecordedSpans(Sampler.parentBased(Sampler.alwaysOn()));
    private final Log log = new Log();

    @AfterEach
    void close() {
        spans.close();
    }

    /** A log whose commands are answered by the test. */
    private static final class Log implements LeaderLog {
        final List<Command> appended = new ArrayList<>();
        final CompletableFuture<CommandResult> answer = new CompletableFuture<>();

        @Override
        public CompletableFuture<Long> confirm() {
            return CompletableFuture.completedFuture(1L);
        }

        @Override
        public CompletableFuture<Boolean> applied(long logIndex, Duration deadline) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletableFuture<CommandResult> append(Command command) {
            appended.add(command);
            return answer;
        }
    }

    private static Registration registration() {
        return Registration.builder(KEY)
                .address("10.0.0.1", 80)
                .healthCheck(HealthCheck.of(CheckType.TCP, ""))
                .build();
    }

    private VerdictLog verdicts() {
        return new VerdictLog(new TracedLog(log, spans.tracing()), 7, "leader:n1", () -> 0, () -> {});
    }

    @Test
    void verdictIsBelowTheProbeThatLedToIt() {
        ProbeFake fake = new ProbeFake(() -> 0);
        fake.atOnce = Outcome.BAD;
        var result =
                new TracedProbe(fake, spans.tracing()).probe(registration()).join();

        var taken = verdicts()
                .submit(new Verdict.CheckTurned(KEY, 3, CheckState.CRITICAL, result.reason()), result.traceParent());
        log.answer.complete(new CommandResult.Judged(9, List.of(true)));

        assertThat(taken).isCompletedWithValue(true);
        var check = spans.one(SpanNames.CHECK);
        assertThat(check.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attributes(check))
                .containsEntry("rollcall.check.type", "tcp")
                .containsEntry("rollcall.service.name", "orders")
                .containsEntry("rollcall.instance.id", "a")
                .containsEntry("rollcall.outcome", "bad");
        assertThat(result.traceParent()).isEqualTo(traceParent(check));
        var verdict = spans.one(SpanNames.VERDICT);
        assertThat(verdict.getParentSpanId()).isEqualTo(check.getSpanId());
        assertThat(attributes(verdict))
                .containsEntry("rollcall.verdicts", "1")
                .containsEntry("rollcall.verdicts.taken", "1")
                .containsEntry("rollcall.term", "7");
        assertThat(log.appended.get(0).header().traceParent()).isEqualTo(traceParent(verdict));
    }

    @Test
    void expiryIsTheBeginningOfATrace() {
        var unused = verdicts().submit(new Verdict.LeaseLapsed(KEY, 3, 15_000));
        log.answer.completeExceptionally(new IllegalStateException("lost"));

        var verdict = spans.one(SpanNames.VERDICT);
        assertThat(verdict.getParentSpanContext().isValid()).isFalse();
        assertThat(verdict.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(log.appended.get(0).header().isSampled()).isTrue();
    }

    @Test
    void whatIsNotSampledLeavesItsCommandsAsTheyAre() {
        try (RecordedSpans none = new RecordedSpans()) {
            ProbeFake fake = new ProbeFake(() -> 0);
            fake.atOnce = Outcome.GOOD;
            var result =
                    new TracedProbe(fake, none.tracing()).probe(registration()).join();
            var unused = new VerdictLog(new TracedLog(log, none.tracing()), 7, "leader:n1", () -> 0, () -> {})
                    .submit(new Verdict.LeaseLapsed(KEY, 3, 15_000), result.traceParent());

            assertThat(log.appended.get(0).header().traceParent()).isNull();
            assertThat(none.all()).isEmpty();
        }
    }

    @Test
    void canaryIsToldWhateverTheRatioUntilAllHaveSaidThatTheyToldOfIt() {
        try (RecordedSpans few = new RecordedSpans(Sampler.parentBased(Sampler.traceIdRatioBased(1e-12)))) {
            var own = new CompletableFuture<byte[]>();
            var other = new CompletableFuture<byte[]>();
            long[] now = {0};
            var canary = new Canary(
                    "n1",
                    new CanarySettings(Duration.ofSeconds(30)),
                    log,
                    new OnePeer(other),
                    (question, request) -> own,
                    new CatalogView(),
                    few.tracing(),
                    () -> now[0]);

            now[0] = Duration.ofSeconds(31).toNanos();
            canary.sweep();
            own.complete(new byte[] {1});
            assertThat(few.all()).isEmpty();
            other.complete(new byte[0]);

            var span = few.one(SpanNames.CANARY);
            assertThat(attributes(span))
                    .containsEntry("rollcall.canary.told", "1")
                    .containsEntry("rollcall.canary.missed", "1")
                    .containsEntry("error.type", "missed");
            assertThat(log.appended.get(0).header().traceParent()).isEqualTo(traceParent(span));
        }
    }

    private record OnePeer(CompletableFuture<byte[]> answer) implements PeerDesk {

        @Override
        public String self() {
            return "n1";
        }

        @Override
        public String leader() {
            return "n1";
        }

        @Override
        public List<String> reachable() {
            return List.of("n2");
        }

        @Override
        public CompletableFuture<byte[]> ask(String member, PeerQuestion question, byte[] request, Duration timeout) {
            return answer;
        }
    }
}

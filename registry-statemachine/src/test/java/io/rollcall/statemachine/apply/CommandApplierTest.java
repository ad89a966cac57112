package io.rollcall.statemachine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.ChangeTrace;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.Acknowledged;
import io.rollcall.statemachine.command.CommandResult.Deregistered;
import io.rollcall.statemachine.command.CommandResult.Judged;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.command.CommandResult.Refused.Reason;
import io.rollcall.statemachine.command.CommandResult.Registered;
import io.rollcall.statemachine.command.KeyCommand;
import io.rollcall.statemachine.command.LeaseAge;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.command.Verdict;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.store.InMemoryRegistryStore;
import io.rollcall.statemachine.store.RocksRegistryStore;
import io.rollcall.statemachine.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class CommandApplierTest {

    private static final long TEN_MINUTES = CommandApplier.REQUEST_MEMORY.toMillis();

    private static final String TRACE_PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final InMemoryRegistryStore store = new InMemoryRegistryStore();
    private final RecordingSink sink = new RecordingSink();
    private final DigestLog digests = new DigestLog();
    private final CommandApplier applier = new CommandApplier(store, sink, digests);
    private long logIndex;

    private List<CommandResult> apply(long atMillis, Command... commands) {
        return applier.apply(1, ++logIndex, new CommandBatch(atMillis, List.of(commands)));
    }

    private static Command register(String requestId, String fingerprint, int port) {
        CommandHeader header = new CommandHeader(requestId, fingerprint, null, null, Authority.NONE);
        return new Command.RegisterInstance(header, Commands.at("a", port), RegisterMode.TAKE_OVER, Precondition.NONE);
    }

    @Test
    void aRepetitionGetsTheFirstResultAndChangesNothing() {
        CommandResult first = apply(1_000, register("q", "f", 80)).get(0);
        apply(1_000, register("other", "", 81));

        CommandResult again = apply(2_000, register("q", "f", 80)).get(0);

        assertThat(again).isEqualTo(first);
        assertThat(store.reader().instance(Commands.key("a")).registration().port())
                .isEqualTo(81);
        assertThat(sink.batches.get(2).changes()).isEmpty();
    }

    @Test
    void aRepetitionInTheSameEntryIsOne() {
        List<CommandResult> results = apply(1_000, register("q", "f", 80), register("q", "f", 80));

        assertThat(results.get(1)).isEqualTo(results.get(0));
        assertThat(sink.batches.get(0).changes()).hasSize(1);
    }

    @Test
    void aRefusalForItsSealIsNotRemembered() {
        apply(1_000, new KeyCommand.PutKeyset(CommandHeader.of("k"), 0, "wrapped", "master", 7, List.of(7L)));
        Command unsealed = new Command.RegisterInstance(
                new CommandHeader("q", "f", null, null, Authority.NONE),
                Commands.at("a", 80).toBuilder().metadata(Map.of("a", "b")).build(),
                RegisterMode.TAKE_OVER,
                Precondition.NONE);

        CommandResult refused = apply(2_000, unsealed).get(0);

        assertThat(((Refused) refused).reason()).isEqualTo(Reason.SEAL_SUPERSEDED);
        assertThat(apply(2_000, register("q", "f", 80)).get(0)).isInstanceOf(Registered.class);
    }

    @Test
    void aRefusalIsRememberedToo() {
        Command absent = Commands.deregister("a", null);
        CommandResult first = apply(1_000, absent).get(0);
        apply(1_000, Commands.upsert("a", 80));

        assertThat(apply(1_000, absent)).containsExactly(first);
        assertThat(store.reader().instance(Commands.key("a"))).isNotNull();
    }

    @Test
    void anotherRequestUnderTheSameIdIsRefused() {
        apply(1_000, register("q", "f", 80));

        CommandResult other = apply(1_000, register("q", "g", 81)).get(0);

        assertThat(((Refused) other).reason()).isEqualTo(Reason.REQUEST_ID_REUSED);
        assertThat(store.reader().instance(Commands.key("a")).registration().port())
                .isEqualTo(80);
    }

    @Test
    void aRequestIsRememberedForTenMinutesOfTheStampedClock() {
        apply(1_000, register("q", "f", 80));
        long first = store.reader().instance(Commands.key("a")).incarnation();

        apply(1_000 + TEN_MINUTES, register("q", "f", 80));
        assertThat(store.reader().instance(Commands.key("a")).incarnation()).isEqualTo(first);

        apply(1_001 + TEN_MINUTES, register("q", "f", 80));
        assertThat(store.reader().instance(Commands.key("a")).incarnation()).isGreaterThan(first);
    }

    @Test
    void aTombstoneLastsAnHour() {
        long old = apply(1_000, Commands.upsert("a", 80)).get(0).index();
        apply(1_000, Commands.upsert("a", 80));
        apply(1_000, Commands.deregister("a", null));
        long later = 1_001 + CommandApplier.TOMBSTONE_MEMORY.toMillis();

        CommandResult stale = apply(later - 1, Commands.deregister("a", old)).get(0);
        CommandResult unknown = apply(later, Commands.deregister("a", old)).get(0);

        assertThat(((Refused) stale).reason()).isEqualTo(Reason.STALE_INCARNATION);
        assertThat(((Refused) unknown).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void theClockNeverRunsBack() {
        apply(5_000, Commands.upsert("a", 80));
        Registered later = (Registered) apply(1_000, Commands.upsert("b", 80)).get(0);

        assertThat(later.instance().registrationTime().toEpochMilli()).isEqualTo(5_000);
        assertThat(store.reader().applied().clockMillis()).isEqualTo(5_000);
    }

    @Test
    void commandsOfAnEntrySeeEachOther() {
        List<CommandResult> results =
                apply(1_000, Commands.upsert("a", 80), Commands.deregister("a", 1L), Commands.deregister("a", null));

        assertThat(results.get(1)).isInstanceOf(Deregistered.class);
        assertThat(((Refused) results.get(2)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(store.reader().applied()).isEqualTo(new AppliedPosition(1, 1, 3, 1_000));
    }

    @Test
    void whatATermFencesIsNoRequest() {
        long incarnation = apply(1_000, Commands.upsert("a", 80)).get(0).index();
        Verdict lapsed = new Verdict.LeaseLapsed(Commands.key("a"), incarnation, 30_001);
        Command judge = Commands.judge(1, lapsed);

        List<CommandResult> results = apply(1_000, judge, judge);

        assertThat(results).containsExactly(new Judged(2, List.of(true)), new Judged(3, List.of(false)));
        assertThat(store.reader().request(judge.header().requestId())).isNull();
    }

    @Test
    void aRequestOfTheSameIdIsNoneOfTheLeadersBusiness() {
        long incarnation = apply(1_000, register("q", "f", 80)).get(0).index();
        CommandHeader header = new CommandHeader("q", "", null, null, Authority.NONE);
        LeaseAge age = new LeaseAge(Commands.key("a"), incarnation, 900, 100);

        CommandResult result = apply(1_000, new Command.CheckpointLeases(header, 1, List.of(age)))
                .get(0);

        assertThat(result).isEqualTo(new Acknowledged(2));
        assertThat(store.reader().request("q").fingerprint()).isEqualTo("f");
    }

    @Test
    void verdictsOfAnEntryAreFencedByItsTerm() {
        long incarnation = apply(1_000, Commands.upsert("a", 80)).get(0).index();
        Command judge = Commands.judge(1, new Verdict.LeaseLapsed(Commands.key("a"), incarnation, 30_001));

        CommandResult late = applier.apply(2, ++logIndex, new CommandBatch(1_000, List.of(judge)))
                .get(0);

        assertThat(((Judged) late).taken()).containsExactly(false);
        assertThat(sink.batches.get(1).changes()).isEmpty();
    }

    @Test
    void aPreviewChangesNothing() {
        String before = store.digest();

        CommandResult result = applier.preview(Commands.upsert("a", 80), 1_000);

        assertThat(((Registered) result).created()).isTrue();
        assertThat(store.digest()).isEqualTo(before);
        assertThat(store.reader().applied()).isEqualTo(AppliedPosition.START);
    }

    @Test
    void theTraceOfARequestShowsInItsHistoryAlone() {
        InMemoryRegistryStore otherStore = new InMemoryRegistryStore();
        RecordingSink otherSink = new RecordingSink();
        CommandApplier other = new CommandApplier(otherStore, otherSink, new DigestLog());

        List<CommandResult> results = apply(1_000, traced("q", TRACE_PARENT));
        List<CommandResult> otherResults = other.apply(1, 1, new CommandBatch(1_000, List.of(traced("q", null))));

        assertThat(otherResults).isEqualTo(results);
        assertThat(otherSink.batches.get(0).changes())
                .isEqualTo(sink.batches.get(0).changes());
        assertThat(otherStore.reader().applied()).isEqualTo(store.reader().applied());
        assertThat(otherStore.reader().instance(Commands.key("a")))
                .isEqualTo(store.reader().instance(Commands.key("a")));
    }

    @Test
    void changesTellWhoseDoingTheyAreIfThatIsSampled() {
        apply(1_000, traced("p", TRACE_PARENT.replace("-01", "-00")), traced("q", TRACE_PARENT), register("r", "", 82));

        ChangeBatch batch = sink.batches.get(0);
        assertThat(batch.changes()).hasSize(3);
        long index = batch.changes().get(1).index();
        assertThat(batch.traces()).containsExactly(new ChangeTrace(index, index, TRACE_PARENT));
        assertThat(batch.traces().get(0).holds(index + 1)).isFalse();
    }

    @Test
    void whatChangesNothingHasNoTraceToTellOf() {
        apply(1_000, traced("q", TRACE_PARENT));
        apply(1_000, traced("q", TRACE_PARENT));

        assertThat(sink.batches.get(1).traces()).isEmpty();
    }

    private static Command traced(String requestId, @Nullable String traceParent) {
        CommandHeader header = new CommandHeader(requestId, "f", traceParent, null, Authority.NONE);
        return new Command.RegisterInstance(header, Commands.at("a", 80), RegisterMode.TAKE_OVER, Precondition.NONE);
    }

    @Test
    void theDigestOfEachEntryIsKept() {
        apply(1_000, Commands.upsert("a", 80), Commands.upsert("b", 80));

        assertThat(digests.newest()).contains(new DigestLog.Recorded(2, store.digest()));
        assertThat(digests.at(1)).isEmpty();
        assertThat(digests.oldest().orElseThrow().index()).isZero();
    }

    @Test
    void replicasThatRestartAnywhereStayEqual(@TempDir Path folder, TestReporter reporter) {
        long seed = Long.getLong("rollcall.test.seed", System.nanoTime());
        reporter.publishEntry("rollcall.test.seed", Long.toString(seed));
        RandomCommands commands = new RandomCommands(seed, store.reader());
        List<CommandBatch> log = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            log.add(commands.entry());
            applier.apply(1, ++logIndex, log.get(i));
        }

        try (RocksReplica replica = new RocksReplica(folder.resolve("db"))) {
            replica.replay(log, 100);
            replica.flushAndContinue(log, 170);
            replica.crashAndReplay(log);

            assertThat(replica.store.digest()).as("seed %d", seed).isEqualTo(store.digest());
            assertThat(replica.store.reader().applied())
                    .isEqualTo(store.reader().applied());
            assertThat(replica.store.recomputeDigest()).isEqualTo(store.digest());
        }
        assertIndexesAreUniqueAndIncarnationsRise(seed);
    }

    private void assertIndexesAreUniqueAndIncarnationsRise(long seed) {
        Set<Class<?>> kinds = new HashSet<>();
        Set<Long> indexes = new HashSet<>();
        Map<Object, Long> incarnations = new HashMap<>();
        for (ChangeBatch batch : sink.batches) {
            for (RegistryChange change : batch.changes()) {
                assertThat(indexes.add(change.index()))
                        .as("index %d is of one change, seed %d", change.index(), seed)
                        .isTrue();
                kinds.add(change.getClass());
                if (change instanceof RegistryChange.InstanceChanged changed) {
                    long incarnation = changed.after().incarnation();
                    Long before = incarnations.put(changed.after().key(), incarnation);
                    assertThat(incarnation).as("seed %d", seed).isGreaterThanOrEqualTo(before == null ? 1 : before);
                }
            }
        }
        assertThat(kinds).as("seed %d", seed).contains(RegistryChange.class.getPermittedSubclasses());
    }

    /** A replica on disk that loses, at a crash, what was not flushed. */
    private static final class RocksReplica implements AutoCloseable {
        private final Path folder;
        private RocksRegistryStore store;

        RocksReplica(Path folder) {
            this.folder = folder;
            this.store = open();
        }

        private RocksRegistryStore open() {
            return RocksRegistryStore.open(folder, RocksReplica::fail);
        }

        private static void fail(StoreException error) {
            throw error;
        }

        void replay(List<CommandBatch> log, int until) {
            CommandApplier applier = new CommandApplier(store, new RecordingSink(), new DigestLog());
            for (int i = (int) Math.max(0, store.reader().applied().logIndex()); i < until; i++) {
                applier.apply(1, i + 1, log.get(i));
            }
        }

        void flushAndContinue(List<CommandBatch> log, int until) {
            store.flush();
            replay(log, until);
        }

        void crashAndReplay(List<CommandBatch> log) {
            store.close();
            store = open();
            replay(log, log.size());
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private static final class RecordingSink implements ChangeSink {
        private final List<ChangeBatch> batches = new ArrayList<>();

        @Override
        public void changed(ChangeBatch batch) {
            batches.add(batch);
        }

        @Override
        public void reset(StateReset state) {
            throw new AssertionError("the applier resets nobody");
        }
    }
}

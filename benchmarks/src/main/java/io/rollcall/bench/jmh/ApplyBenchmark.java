package io.rollcall.bench.jmh;

import io.rollcall.statemachine.apply.CommandApplier;
import io.rollcall.statemachine.apply.DigestLog;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.store.RocksRegistryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One log entry of new registrations applied to a real store, which every member pays for each write. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ApplyBenchmark {

    private static final int PER_SERVICE = 10;

    /** How many registrations the entry holds. */
    @Param({"1", "32"})
    public int commands;

    private @Nullable Path folder;
    private @Nullable RocksRegistryStore store;
    private @Nullable CommandApplier applier;
    private long next;
    private long logIndex;
    private CommandBatch batch = new CommandBatch(0, List.of());

    /**
     * Opens an empty store.
     *
     * @throws IOException if there is no place for it
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        folder = Files.createTempDirectory("rollcall-apply");
        store = RocksRegistryStore.open(folder.resolve("store"), error -> {
            throw error;
        });
        applier = new CommandApplier(store, new NobodyWatches(), new DigestLog());
    }

    /** Makes the commands of the next entry, which is not part of what is measured. */
    @Setup(Level.Invocation)
    public void propose() {
        var from = next;
        next += commands;
        List<Command> registrations = LongStream.range(from, next)
                .mapToObj(n -> SampleInstances.register("orders-" + n / PER_SERVICE, n))
                .toList();
        batch = new CommandBatch(System.currentTimeMillis(), registrations);
    }

    /**
     * Applies the entry.
     *
     * @return one result for each command
     */
    @Benchmark
    public List<CommandResult> applyEntry() {
        if (applier == null) {
            throw new IllegalStateException("not opened");
        }
        return applier.apply(1, ++logIndex, batch);
    }

    /**
     * Closes and deletes the store.
     *
     * @throws IOException if it cannot be deleted
     */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        if (store != null) {
            store.close();
        }
        if (folder != null) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static final class NobodyWatches implements ChangeSink {

        @Override
        public void changed(ChangeBatch changes) {}

        @Override
        public void reset(StateReset state) {}
    }
}

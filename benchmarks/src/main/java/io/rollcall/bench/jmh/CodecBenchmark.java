package io.rollcall.bench.jmh;

import io.rollcall.statemachine.codec.CommandCodec;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandBatch;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Commands to bytes of the log and back: each is encoded once and decoded by each member. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {

    private static final int COMMANDS_PER_ENTRY = 32;

    private final Command command = SampleInstances.register("orders", 7);
    private final byte[] encoded = CommandCodec.encode(command);
    private final List<byte[]> encodedMany = LongStream.range(0, COMMANDS_PER_ENTRY)
            .mapToObj(n -> CommandCodec.encode(SampleInstances.register("orders", n)))
            .toList();
    private final byte[] entry = CommandCodec.entry(1_800_000_000_000L, encodedMany);

    /**
     * One registration to bytes.
     *
     * @return the bytes
     */
    @Benchmark
    public byte[] encodeRegistration() {
        return CommandCodec.encode(command);
    }

    /**
     * One registration from bytes.
     *
     * @return the command
     */
    @Benchmark
    public Command decodeRegistration() {
        return CommandCodec.decode(encoded);
    }

    /**
     * An entry of 32 encoded registrations put together.
     *
     * @return the entry
     */
    @Benchmark
    public byte[] entryOf32() {
        return CommandCodec.entry(1_800_000_000_000L, encodedMany);
    }

    /**
     * An entry of 32 registrations taken apart.
     *
     * @return the commands
     */
    @Benchmark
    public CommandBatch decodeEntryOf32() {
        return CommandCodec.decodeEntry(entry);
    }
}

package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.InstanceState;
import io.rollcall.chaos.history.PlannedWrite;
import io.rollcall.chaos.history.StateModel;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.workload.Attempts;
import io.rollcall.chaos.workload.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * One instance whose value counts up, and readers that must never see less than what was acknowledged before they asked.
 * Driven by one thread.
 */
final class Register {

    /** Longer than any deadline of the server. */
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(12);

    private static final InstanceRef INSTANCE = new InstanceRef("config", "register");
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(30);
    private static final Duration READ_PATIENCE = Duration.ofSeconds(30);

    /** A read, and the value that was acknowledged before it began. */
    record Read(String node, long floor, long askedNanos, CompletableFuture<Seen> seen) {}

    /** How a read ended. */
    record Seen(Outcome outcome, long answeredNanos) {}

    private final PlainClient writer = new PlainClient(WRITE_TIMEOUT);
    private final PlainClient reader = new PlainClient(READ_PATIENCE);
    private final StateModel model;
    private final SplittableRandom random;
    private final List<Read> reads = new ArrayList<>();
    private long value;

    Register(StateModel model, SplittableRandom random) {
        this.model = model;
        this.random = random;
    }

    /** Writes the next value to any of the nodes, until one acknowledges it; returns how long that took. */
    Duration write(List<NodeProcess> nodes) {
        PlannedWrite planned = Requests.register("v-" + (value + 1), INSTANCE, false);
        WriteRecord write = new Attempts(writer, nodes, WRITE_PATIENCE).perform(planned, true, random);
        model.record(write);
        assertThat(write.verdict()).as("%s", write).isEqualTo(Verdict.DONE);
        value++;
        return Duration.ofNanos(write.returnedNanos() - write.calledNanos());
    }

    /** Begins a linearizable read. */
    void read(NodeProcess node) {
        long asked = System.nanoTime();
        reads.add(new Read(
                node.id(),
                value,
                asked,
                reader.sendAsync(node.http(), Requests.read(INSTANCE, "linearizable"))
                        .thenApply(outcome -> new Seen(outcome, System.nanoTime()))));
    }

    /** Ends all reads and returns them; none has an old value, and each ended within its deadline. */
    List<Read> endReads() {
        List<Read> ended = List.copyOf(reads);
        reads.clear();
        for (Read read : ended) {
            Seen seen = read.seen().join();
            assertThat(Duration.ofNanos(seen.answeredNanos() - read.askedNanos()))
                    .as("time of a read at %s that ended with %s", read.node(), seen.outcome())
                    .isLessThan(ANSWER_LIMIT);
            if (seen.outcome().hasStatus(200)) {
                assertThat(valueOf(seen.outcome()))
                        .as("value read at %s", read.node())
                        .isGreaterThanOrEqualTo(read.floor());
            } else {
                assertThat(seen.outcome().hasStatus(503))
                        .as("a read at %s ended with %s", read.node(), seen.outcome())
                        .isTrue();
            }
        }
        return ended;
    }

    private static long valueOf(Outcome outcome) {
        String mark = outcome.reply()
                .orElseThrow()
                .body()
                .path("metadata")
                .path(InstanceState.MARK)
                .asText();
        return Long.parseLong(mark.substring("v-".length()));
    }
}

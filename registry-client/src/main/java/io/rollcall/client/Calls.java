package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.Namespace;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Runs the calls of one client, and knows how far its writes have come. Thread-safe. */
final class Calls {

    private final Failover failover;
    private final boolean readYourWrites;
    private final AtomicLong highestWritten = new AtomicLong();

    Calls(Failover failover, boolean readYourWrites) {
        this.failover = failover;
        this.readYourWrites = readYourWrites;
    }

    <T> Outcome<T> run(Call<T> call) {
        return failover.run(call);
    }

    <T> Outcome<T> write(Call<T> call) {
        Outcome<T> outcome = failover.run(call);
        if (outcome instanceof Outcome.Done<T> done) {
            highestWritten.accumulateAndGet(done.index(), Math::max);
        }
        return outcome;
    }

    long highestWritten() {
        return highestWritten.get();
    }

    <T> Outcome<T> read(
            String path, Namespace namespace, Selection selection, ReadOptions options, Function<JsonNode, T> reader) {
        return read(path, Writes.inNamespace(namespace), selection, options, reader);
    }

    <T> Outcome<T> read(
            String path,
            QueryParameters parameters,
            Selection selection,
            ReadOptions options,
            Function<JsonNode, T> reader) {
        boolean waits = readYourWrites && options.consistency() == Consistency.STALE;
        long minIndex = waits ? Math.max(options.minIndex(), highestWritten.get()) : options.minIndex();
        selection.addTo(parameters);
        options.withMinIndex(minIndex).addTo(parameters);
        return failover.run(Call.read(path + parameters, reader));
    }
}

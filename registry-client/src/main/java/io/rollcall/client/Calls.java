package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.Namespace;
import java.time.Duration;
import java.util.function.Function;

/** Runs the calls of one client, and knows how far its writes have come. Thread-safe. */
final class Calls {

    /** A node may have to go far back on its disk for an answer about the past. */
    static final Duration PAST_HOLDS = Duration.ofSeconds(10);

    private final Failover failover;
    private final OwnWrites ownWrites;

    Calls(Failover failover, OwnWrites ownWrites) {
        this.failover = failover;
        this.ownWrites = ownWrites;
    }

    <T> Outcome<T> run(Call<T> call) {
        return failover.run(call);
    }

    <T> Outcome<T> run(Call<T> call, CallLimits limits) {
        return failover.run(call, limits);
    }

    <T> Outcome<T> write(Call<T> call) {
        return ownWrites.noted(failover.run(call));
    }

    long highestWritten() {
        return ownWrites.highest();
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
        selection.addTo(parameters);
        return read(path, parameters, options, options.at() == null ? Duration.ZERO : PAST_HOLDS, reader);
    }

    /** A read that the server may hold back so long because of what is asked. */
    <T> Outcome<T> read(
            String path,
            QueryParameters parameters,
            ReadOptions options,
            Duration holds,
            Function<JsonNode, T> reader) {
        ownWrites.seenBy(options).addTo(parameters);
        return failover.run(Call.read(path + parameters, reader).holding(holds));
    }
}

package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.server.app.access.Caller;
import io.rollcall.server.app.access.Gatekeeper;
import io.rollcall.server.app.access.Permission;
import io.rollcall.server.app.access.Vigil;
import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.watch.Admission;
import io.rollcall.server.watch.Subscriber;
import io.rollcall.server.watch.WaitOrder;
import io.rollcall.server.watch.Waited;
import io.rollcall.server.watch.WatchCounters;
import io.rollcall.server.watch.WatchHub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Telling readers of changes: streams, and reads that wait. Thread-safe; no method blocks. */
public final class Watches {

    private final String nodeId;
    private final WatchHub hub;
    private final CanaryFigures canary;
    private final ReadConsistency consistency;
    private final Gatekeeper gatekeeper;
    private final Vigil vigil;
    private final WatchSettings settings;
    private final InstantSource clock;

    /**
     * The watches of a node.
     *
     * @param nodeId its id
     * @param hub tells of what the node has applied
     * @param canary what the leader measures
     * @param consistency says whether the node may answer
     * @param gatekeeper says who may follow what
     * @param vigil ends what goes on for longer than somebody may have it
     * @param settings the limits
     * @param clock says since when somebody watches
     */
    public Watches(
            String nodeId,
            WatchHub hub,
            CanaryFigures canary,
            ReadConsistency consistency,
            Gatekeeper gatekeeper,
            Vigil vigil,
            WatchSettings settings,
            InstantSource clock) {
        this.nodeId = nodeId;
        this.hub = hub;
        this.canary = canary;
        this.consistency = consistency;
        this.gatekeeper = gatekeeper;
        this.vigil = vigil;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Tells whether this node may begin a stream now.
     *
     * @param query what is to be followed
     * @param caller who asks
     * @return null if it may
     */
    public @Nullable Problem refusal(WatchQuery query, Caller caller) {
        Permission missing = query.missing(caller);
        return missing == null ? consistency.refusal() : gatekeeper.refusal(caller, missing);
    }

    /**
     * Opens a stream, once this node has applied what the watcher knows already.
     *
     * @param query what is followed
     * @param resumeAt registry index up to which the watcher knows all; 0 if it begins
     * @param caller who watches
     * @param reader as he is listed
     * @param stream takes the events
     * @return empty once the stream has begun, or why it has not; never fails
     */
    public CompletableFuture<Optional<Problem>> open(
            WatchQuery query, long resumeAt, Caller caller, Reader reader, EventStream stream) {
        Subscriber subscriber = subscriber(reader);
        GuardedStream guarded = new GuardedStream(stream, hub);
        return consistency.pass(new ReadDemand(false, null, resumeAt)).thenCompose(grant -> {
            Problem refusal = grant.refusal();
            if (refusal != null) {
                return CompletableFuture.completedFuture(Optional.of(refusal));
            }
            guarded.guard(vigil, caller, now -> query.outlasts(caller, now));
            return query.open(hub, resumeAt, subscriber, guarded, caller, gatekeeper)
                    .thenApply(admission -> {
                        if (admission != Admission.DONE) {
                            guarded.over();
                        }
                        return refusal(admission);
                    });
        });
    }

    private Subscriber subscriber(Reader reader) {
        return new Subscriber(reader.name(), reader.address(), clock.millis());
    }

    private Optional<Problem> refusal(Admission admission) {
        return switch (admission) {
            case DONE -> Optional.empty();
            case STOPPING ->
                Optional.of(Refusals.retryable(ErrorCode.NOT_READY, "the node is stopping; ask another node"));
            case TOO_MANY -> Optional.of(tooMany("watch.max-streams", settings.maxStreams()));
        };
    }

    private static Problem tooMany(String setting, int limit) {
        return Refusals.retryable(
                        ErrorCode.OVERLOADED,
                        "the node serves as many as it may at a time, " + limit + " (" + setting
                                + "); ask another node")
                .with("limit", limit);
    }

    /**
     * Tells what this node does for those who follow, and has done since its start, and what the leader's canary measures.
     *
     * @return UTF-8 JSON; never fails
     */
    public CompletableFuture<byte[]> figures() {
        return canary.ask().thenApply(this::figures);
    }

    private byte[] figures(Optional<byte[]> measured) {
        WatchHub.Figures now = hub.figures();
        WatchCounters counters = hub.counters();
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeStringField("node", nodeId);
            json.writeNumberField("index", now.position());
            json.writeNumberField("watchers", now.streams());
            json.writeNumberField("blockingReads", now.waits());
            json.writeNumberField("feeds", now.feeds());
            for (WatchCounters.Count count : WatchCounters.Count.values()) {
                if (count.dropReason() == null) {
                    json.writeNumberField(count.wireName(), counters.get(count));
                }
            }
            json.writeObjectFieldStart("dropped");
            for (WatchCounters.Count count : WatchCounters.Count.values()) {
                String reason = count.dropReason();
                if (reason != null) {
                    json.writeNumberField(reason, counters.get(count));
                }
            }
            json.writeEndObject();
            json.writeFieldName("canary");
            if (measured.isPresent()) {
                json.writeRawValue(new String(measured.get(), StandardCharsets.UTF_8));
            } else {
                json.writeNull();
            }
            json.writeEndObject();
        });
    }

    /**
     * Waits until what a query returns can have changed.
     *
     * @param wait what is waited for
     * @param index registry index behind which the change must be
     * @param longest how long at most
     * @param caller who waits; no longer than he may
     * @param reader as he is listed
     * @return empty once it is time to answer, or why the node does not wait; never fails
     */
    public CompletableFuture<Optional<Problem>> await(
            Wait wait, long index, Duration longest, Caller caller, Reader reader) {
        WaitOrder order =
                new WaitOrder(wait.namespace(), wait.service(), wait.interest(), index, longest, subscriber(reader));
        // When the node stops, the reader gets what there is; his next read is refused.
        CompletableFuture<Waited> waiting = hub.await(order);
        return vigil.keep(caller, waiting, () -> hub.giveUp(waiting))
                .thenApply(waited -> waited == Waited.TOO_MANY
                        ? Optional.of(tooMany("watch.max-blocking-reads", settings.maxBlockingReads()))
                        : Optional.empty());
    }
}

package io.rollcall.server.leader;

import io.rollcall.api.model.Durations;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.server.app.CanaryReport;
import io.rollcall.server.app.JsonBytes;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.app.PeerAnswers;
import io.rollcall.server.app.PeerDesk;
import io.rollcall.server.app.PeerQuestion;
import io.rollcall.server.app.PropagationObserver;
import io.rollcall.server.config.CanarySettings;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanKeys;
import io.rollcall.server.trace.SpanNames;
import io.rollcall.server.trace.Tracing;
import io.rollcall.server.view.AnswerQuery;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.ServiceState;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.Precondition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Registers an instance now and then and has each member say when those who follow were told there: the time that every
 * registration takes from here to a consumer. The instance is in a namespace of the registry's own, takes no traffic and
 * needs no heartbeat. What is measured includes the way back of each member's answer.
 */
public final class Canary implements CanaryReport {

    /** A member that has not told by then has missed it. */
    static final Duration TOLD_WITHIN = Duration.ofSeconds(5);

    private static final int PORT = 1;

    private final String self;
    private final CanarySettings settings;
    private final LeaderLog log;
    private final PeerDesk peers;
    private final PeerAnswers own;
    private final CatalogView view;
    private final Tracing tracing;
    private final LongSupplier monotonicNanos;
    private final Map<String, Delays> byNode = new ConcurrentSkipListMap<>();
    private long lastRoundNanos;
    private volatile boolean leading;
    private volatile PropagationObserver observer = PropagationObserver.NONE;

    /**
     * A canary that sits still.
     *
     * @param self this member's id
     * @param settings how often it measures
     * @param log this member's
     * @param peers the way to the others
     * @param own answers for this member
     * @param view what was applied here
     * @param tracing is told of each round
     * @param monotonicNanos a clock
     */
    public Canary(
            String self,
            CanarySettings settings,
            LeaderLog log,
            PeerDesk peers,
            PeerAnswers own,
            CatalogView view,
            Tracing tracing,
            LongSupplier monotonicNanos) {
        this.self = self;
        this.settings = settings;
        this.log = log;
        this.peers = peers;
        this.own = own;
        this.view = view;
        this.tracing = tracing;
        this.monotonicNanos = monotonicNanos;
        this.lastRoundNanos = monotonicNanos.getAsLong();
    }

    /** To be called often while this member leads, by one thread. */
    void sweep() {
        leading = true;
        long now = monotonicNanos.getAsLong();
        if (!settings.interval().isZero()
                && now - lastRoundNanos >= settings.interval().toNanos()) {
            lastRoundNanos = now;
            measure();
        }
    }

    /** This member leads no more: what it measured is no longer what is. */
    void end() {
        leading = false;
        byNode.clear();
    }

    /**
     * Tells of what is measured from now on.
     *
     * @param given it must be quick
     */
    public void observe(PropagationObserver given) {
        observer = given;
    }

    private record Asked(String node, CompletableFuture<byte[]> told) {}

    private void measure() {
        ServiceState present = view.current().service(SERVICE);
        long seen = (present == null ? ServiceState.empty(SERVICE) : present)
                .answer(AnswerQuery.DEFAULT)
                .index();
        byte[] request = ByteBuffer.allocate(Long.BYTES).putLong(seen).array();
        List<Asked> asked = new ArrayList<>();
        asked.add(new Asked(self, own.answer(PeerQuestion.CANARY, request)));
        for (String node : peers.reachable()) {
            asked.add(new Asked(node, peers.ask(node, PeerQuestion.CANARY, request, TOLD_WITHIN.plusSeconds(1))));
        }
        long begun = monotonicNanos.getAsLong();
        OpenSpan span = tracing.root(SpanNames.CANARY, List.of(), System.nanoTime());
        String traceParent = span == null ? null : span.traceParent();
        CompletableFuture<CommandResult> registered = log.append(registration(traceParent));
        List<CompletableFuture<Boolean>> told = new ArrayList<>();
        for (Asked one : asked) {
            told.add(one.told.handle((answer, failure) -> (failure == null && answer.length > 0)
                    ? told(one.node, monotonicNanos.getAsLong() - begun, traceParent)
                    : missed(one.node, registered)));
        }
        if (span != null) {
            var unused = CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
                    .whenComplete((all, failure) -> ended(span, told));
        }
    }

    private static void ended(OpenSpan span, List<CompletableFuture<Boolean>> told) {
        long yes = told.stream().filter(one -> one.getNow(false)).count();
        long missed = told.size() - yes;
        span.set(SpanKeys.TOLD, yes).set(SpanKeys.MISSED, missed);
        if (missed > 0) {
            span.fail("missed", "not every member has told of it within " + TOLD_WITHIN.toSeconds() + " s");
        }
        span.end();
    }

    private boolean told(String node, long delayNanos, @Nullable String traceParent) {
        delays(node).add(delayNanos);
        observer.told(node, delayNanos, traceParent);
        return true;
    }

    private boolean missed(String node, CompletableFuture<CommandResult> registered) {
        Delays delays = delays(node);
        // What was not registered cannot be told.
        if (registered.isDone() && !registered.isCompletedExceptionally()) {
            delays.miss();
            observer.missed(node);
        }
        return false;
    }

    private Delays delays(String node) {
        return byNode.computeIfAbsent(node, id -> new Delays());
    }

    private Command registration(@Nullable String traceParent) {
        InstanceKey key = new InstanceKey(SERVICE, new InstanceId(self));
        Registration registration = Registration.builder(key)
                .address("127.0.0.1", PORT)
                .weight(0)
                .ttl(Duration.ZERO)
                .build();
        CommandHeader header = CommandHeader.of(UUID.randomUUID().toString()).withTraceParent(traceParent);
        return new Command.RegisterInstance(header, registration, RegisterMode.TAKE_OVER, Precondition.NONE);
    }

    @Override
    public byte @Nullable [] figures() {
        return !leading || settings.interval().isZero() ? null : json();
    }

    private byte[] json() {
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeStringField("leader", self);
            json.writeStringField("interval", Durations.format(settings.interval()));
            json.writeArrayFieldStart("nodes");
            for (Map.Entry<String, Delays> node : byNode.entrySet()) {
                Delays.Figures figures = node.getValue().figures();
                json.writeStartObject();
                json.writeStringField("node", node.getKey());
                json.writeNumberField("samples", figures.samples());
                json.writeNumberField("missed", figures.missed());
                json.writeNumberField("lastMillis", figures.lastMillis());
                json.writeNumberField("p50Millis", figures.p50Millis());
                json.writeNumberField("p99Millis", figures.p99Millis());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}

package io.rollcall.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.Observation;
import io.rollcall.chaos.history.Observation.Action;
import io.rollcall.chaos.history.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** One client of a {@link KeyLoad}: one request at a time, each at a node drawn at random. Used by one thread at a time. */
final class KeyClient {

    /** Longer than a leader is missing after a fault; a client that gives up leaves an unknown behind. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long BACK_OFF_MIN_MILLIS = 5;
    private static final long BACK_OFF_MAX_MILLIS = 60;

    /** Clients that take the first answer for the last; they show whether errors are honest. */
    private static final double IMPATIENT_SHARE = 0.1;

    /** The codes of a refusal that depends on what is registered. */
    private static final Set<String> REFUSALS =
            Set.of("instance-already-exists", "precondition-failed", "instance-not-found");

    private final String name;
    private final PlainClient http;
    private final Supplier<List<NodeProcess>> nodes;
    private final KeyRing ring;
    private final LongSupplier clock;
    private final SplittableRandom random;
    private final Map<InstanceRef, Known> known = new HashMap<>();
    private int requests;
    private int session;
    private long seenIndex;

    /** What the client saw of an instance last; what it compares with. */
    private record Known(String value, long modifyIndex) {}

    KeyClient(
            String name,
            PlainClient http,
            Supplier<List<NodeProcess>> nodes,
            KeyRing ring,
            LongSupplier clock,
            SplittableRandom random) {
        this.name = name;
        this.http = http;
        this.nodes = nodes;
        this.ring = ring;
        this.clock = clock;
        this.random = random;
    }

    /** Does the next thing, and what has to follow from it. */
    List<Observation> act() {
        KeyRing.Key key = ring.draw(random);
        Observation first = perform(plan(key.ref()));
        if (first.isWrite() && first.verdict() == Verdict.UNKNOWN) {
            ring.unknown(key);
        }
        if (!ring.retire(key)) {
            return List.of(first);
        }
        known.remove(key.ref());
        return List.of(first, perform(KeyRequests.deregister(key.ref(), nextValue())));
    }

    private KeyRequests.Planned plan(InstanceRef target) {
        double draw = random.nextDouble();
        Known before = known.get(target);
        if (draw < 0.18) {
            return KeyRequests.register(target, nextValue());
        }
        if (draw < 0.25) {
            return KeyRequests.create(target, nextValue());
        }
        if (draw < 0.42 && before != null) {
            return KeyRequests.swap(target, nextValue(), before.value(), before.modifyIndex());
        }
        if (draw < 0.50) {
            return KeyRequests.deregister(target, nextValue());
        }
        if (draw < 0.78) {
            return KeyRequests.read(target, true, 0);
        }
        if (draw < 0.86) {
            return KeyRequests.read(target, false, random.nextBoolean() ? seenIndex : 0);
        }
        return KeyRequests.list(target.service(), draw < 0.93, random.nextBoolean() ? seenIndex : 0);
    }

    private String nextValue() {
        return name + "-" + ++requests;
    }

    private Observation perform(KeyRequests.Planned planned) {
        boolean patient = random.nextDouble() >= IMPATIENT_SHARE;
        long called = clock.getAsLong();
        long end = System.nanoTime() + PATIENCE.toNanos();
        Verdict verdict = Verdict.NOT_DONE;
        for (int attempt = 1; ; attempt++) {
            List<NodeProcess> choice = List.copyOf(nodes.get());
            NodeProcess node = choice.get(random.nextInt(choice.size()));
            Outcome outcome = http.send(node.http(), planned.request());
            long returned = clock.getAsLong();
            Verdict now = verdictOf(outcome);
            if (now == Verdict.DONE || now == Verdict.REFUSED) {
                Answer answer = outcome.reply().orElseThrow();
                Observation decided = decided(planned, node, now, called, returned, attempt, answer);
                remember(decided, answer);
                return decided;
            }
            if (now == Verdict.UNKNOWN) {
                verdict = Verdict.UNKNOWN;
            }
            if (!patient || System.nanoTime() > end) {
                return undecided(planned, node, verdict, called, returned, attempt, outcome.toString());
            }
            Hold.forFault(
                    Duration.ofMillis(random.nextLong(BACK_OFF_MIN_MILLIS, BACK_OFF_MAX_MILLIS)),
                    "a client's back-off before it tries another node");
        }
    }

    private static Verdict verdictOf(Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            return Verdict.DONE;
        }
        if (outcome instanceof Outcome.Unknown) {
            return Verdict.UNKNOWN;
        }
        String code = outcome.reply().map(Answer::code).orElse("");
        if (REFUSALS.contains(code)) {
            return Verdict.REFUSED;
        }
        if (!((Outcome.NotDone) outcome).retriable()) {
            throw new IllegalStateException("the load made a request that no node may refuse so: " + outcome);
        }
        return Verdict.NOT_DONE;
    }

    private Observation decided(
            KeyRequests.Planned planned,
            NodeProcess node,
            Verdict verdict,
            long called,
            long returned,
            int attempts,
            Answer answer) {
        // A read of what is not there is an answer, too.
        boolean done = verdict == Verdict.DONE || planned.action() == Action.READ;
        return new Observation(
                name + "." + session,
                node.id(),
                planned.action(),
                planned.target(),
                planned.value(),
                planned.expected(),
                planned.linearizable(),
                planned.minIndex(),
                done ? Verdict.DONE : Verdict.REFUSED,
                called,
                returned,
                attempts,
                answer.index(),
                answer.applied(),
                KeyRequests.incarnations(planned, answer),
                KeyRequests.seen(planned, answer),
                "");
    }

    private Observation undecided(
            KeyRequests.Planned planned,
            NodeProcess node,
            Verdict verdict,
            long called,
            long returned,
            int attempts,
            String why) {
        String asked = name + "." + session;
        boolean unknownWrite = verdict == Verdict.UNKNOWN && planned.isWrite();
        if (unknownWrite) {
            // What is under way may still happen beside what the client does next: that is another session.
            session++;
        }
        known.remove(planned.target());
        return new Observation(
                asked,
                node.id(),
                planned.action(),
                planned.target(),
                planned.value(),
                planned.expected(),
                planned.linearizable(),
                planned.minIndex(),
                planned.isWrite() ? verdict : Verdict.NOT_DONE,
                called,
                returned,
                attempts,
                -1,
                -1,
                Map.of(),
                Map.of(),
                why);
    }

    private void remember(Observation observation, Answer answer) {
        seenIndex = Math.max(seenIndex, observation.isWrite() ? observation.index() : observation.applied());
        if (observation.action() == Action.LIST) {
            for (JsonNode instance : answer.body().path("instances")) {
                remember(
                        new InstanceRef(
                                observation.target().service(),
                                instance.path("id").asText()),
                        instance);
            }
        } else if (observation.verdict() == Verdict.DONE
                && answer.status() < 400
                && answer.body().has("modifyIndex")) {
            remember(observation.target(), answer.body());
        } else {
            known.remove(observation.target());
        }
    }

    private void remember(InstanceRef ref, JsonNode instance) {
        known.put(
                ref,
                new Known(
                        KeyRequests.valueOf(instance),
                        instance.path("modifyIndex").asLong()));
    }
}

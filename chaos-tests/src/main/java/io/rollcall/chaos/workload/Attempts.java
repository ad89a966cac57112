package io.rollcall.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.PlannedWrite;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Sends a write until it is decided: the same request id each time, another node each time. Thread-safe. */
public final class Attempts {

    private static final long BACK_OFF_MIN_MILLIS = 5;
    private static final long BACK_OFF_MAX_MILLIS = 60;

    private final PlainClient client;
    private final Supplier<List<NodeProcess>> nodes;
    private final Duration patience;

    /**
     * Attempts at given nodes.
     *
     * @param client sends one attempt
     * @param nodes drawn from at random
     * @param patience how long a patient caller goes on
     */
    public Attempts(PlainClient client, List<NodeProcess> nodes, Duration patience) {
        this(client, () -> nodes, patience);
    }

    /**
     * Attempts at nodes that change.
     *
     * @param client sends one attempt
     * @param nodes drawn from at random, anew for each attempt; never empty
     * @param patience how long a patient caller goes on
     */
    public Attempts(PlainClient client, Supplier<List<NodeProcess>> nodes, Duration patience) {
        this.client = client;
        this.nodes = nodes;
        this.patience = patience;
    }

    /**
     * Sends a write.
     *
     * @param planned which
     * @param patient false: one attempt alone
     * @param random for the choice of the nodes and the back-off
     * @return what became of it
     */
    public WriteRecord perform(PlannedWrite planned, boolean patient, SplittableRandom random) {
        long called = System.nanoTime();
        long end = called + patience.toNanos();
        Verdict verdict = Verdict.NOT_DONE;
        String why = "";
        for (int attempt = 1; ; attempt++) {
            List<NodeProcess> choice = List.copyOf(nodes.get());
            NodeProcess node = choice.get(random.nextInt(choice.size()));
            Outcome outcome = client.send(node.http(), planned.request());
            if (outcome instanceof Outcome.Done done) {
                return done(planned, called, attempt, done.answer(), why);
            }
            why = node.id() + ": " + outcome;
            if (outcome instanceof Outcome.NotDone refused && !refused.retriable()) {
                return undecided(planned, Verdict.REFUSED, called, attempt, why);
            }
            if (outcome instanceof Outcome.Unknown) {
                verdict = Verdict.UNKNOWN;
            }
            if (!patient || System.nanoTime() > end) {
                return undecided(planned, verdict, called, attempt, why);
            }
            Hold.forFault(
                    Duration.ofMillis(random.nextLong(BACK_OFF_MIN_MILLIS, BACK_OFF_MAX_MILLIS)),
                    "a caller's back-off before it tries another node");
        }
    }

    private static WriteRecord done(PlannedWrite planned, long called, int attempts, Answer answer, String why) {
        return new WriteRecord(
                planned,
                Verdict.DONE,
                called,
                System.nanoTime(),
                attempts,
                answer.index(),
                planned.registers() ? incarnations(answer.body()) : List.of(),
                why);
    }

    private static WriteRecord undecided(PlannedWrite planned, Verdict verdict, long called, int attempts, String why) {
        return new WriteRecord(planned, verdict, called, System.nanoTime(), attempts, -1, List.of(), why);
    }

    static List<Long> incarnations(JsonNode body) {
        if (!body.has("results")) {
            return List.of(body.path("incarnation").asLong());
        }
        List<Long> incarnations = new ArrayList<>();
        for (JsonNode result : body.path("results")) {
            incarnations.add(result.path("instance").path("incarnation").asLong());
        }
        return incarnations;
    }
}

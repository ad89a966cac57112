package io.rollcall.chaos.workload;

import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.Observation;
import io.rollcall.chaos.history.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The linearizable lists with which a history ends: what each node shows once nobody writes any more. */
final class FinalReading {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

    private final PlainClient http = new PlainClient(ATTEMPT_TIMEOUT);
    private final LongSupplier clock;
    private final Consumer<Observation> sink;

    FinalReading(LongSupplier clock, Consumer<Observation> sink) {
        this.clock = clock;
        this.sink = sink;
    }

    void read(List<NodeProcess> nodes, Set<String> services) {
        for (NodeProcess node : nodes) {
            for (String service : services) {
                Conditions.await(node.id() + " to list " + service, LIMIT, () -> sink.accept(list(node, service)));
            }
        }
    }

    private Observation list(NodeProcess node, String service) {
        KeyRequests.Planned planned = KeyRequests.list(service, true, 0);
        long called = clock.getAsLong();
        Outcome outcome = http.send(node.http(), planned.request());
        if (!(outcome instanceof Outcome.Done done)) {
            throw new AssertionError(node.id() + " does not list " + service + ": " + outcome);
        }
        Answer answer = done.answer();
        return new Observation(
                Observation.FINAL + node.id(),
                node.id(),
                planned.action(),
                planned.target(),
                "",
                "",
                true,
                0,
                Verdict.DONE,
                called,
                clock.getAsLong(),
                1,
                answer.index(),
                answer.applied(),
                KeyRequests.incarnations(planned, answer),
                KeyRequests.seen(planned, answer),
                "");
    }
}

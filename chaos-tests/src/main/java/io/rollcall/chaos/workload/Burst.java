package io.rollcall.chaos.workload;

import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.Written;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;

/** As many changes as the nodes take, each of them acknowledged; for scenarios without a fault. */
public final class Burst {

    private static final int IN_FLIGHT_MAX = 64;

    private Burst() {}

    /**
     * Registers, one by one.
     *
     * @param client with a patient time limit
     * @param nodes asked in turn
     * @param name unique within the cluster; begins the request ids
     * @param count how many changes
     * @param targets of each change, by its number from 0
     * @return all changes, in no order
     * @throws IllegalStateException if one is not acknowledged
     */
    public static List<Written> register(
            PlainClient client, List<URI> nodes, String name, int count, IntFunction<InstanceRef> targets) {
        Semaphore free = new Semaphore(IN_FLIGHT_MAX);
        List<CompletableFuture<Written>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String mark = name + "-" + i;
            InstanceRef target = targets.apply(i);
            free.acquireUninterruptibly();
            running.add(client.sendAsync(
                            nodes.get(i % nodes.size()),
                            Requests.register(mark, target, false).request())
                    .thenApply(outcome -> written(target, mark, outcome))
                    .whenComplete((written, failure) -> free.release()));
        }
        return running.stream().map(CompletableFuture::join).toList();
    }

    private static Written written(InstanceRef target, String mark, Outcome outcome) {
        if (!(outcome instanceof Outcome.Done done)) {
            throw new IllegalStateException("a change of " + target + " in peace: " + outcome);
        }
        return new Written(target, done.answer().index(), mark);
    }
}

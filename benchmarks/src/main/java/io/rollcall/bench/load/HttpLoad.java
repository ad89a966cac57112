package io.rollcall.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Drives loads. */
public final class HttpLoad {

    private HttpLoad() {}

    /**
     * Drives one load, from connecting to the last answer.
     *
     * @param plan how
     * @param source what is asked
     * @return what it came to; failures are counted there
     * @throws UncheckedIOException if a server takes no connections
     */
    public static LoadResult run(LoadPlan plan, RequestSource source) {
        try {
            return plan.threads() == 1 ? runHere(plan, source) : runInThreads(plan, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LoadResult runHere(LoadPlan plan, RequestSource source) throws IOException {
        try (var loop = new LoadLoop(plan, targetsOf(plan, 0), source)) {
            return loop.run();
        }
    }

    private static LoadResult runInThreads(LoadPlan plan, RequestSource source) throws IOException {
        var executor = Executors.newFixedThreadPool(plan.threads());
        var loops = new ArrayList<LoadLoop>();
        try {
            for (var thread = 0; thread < plan.threads(); thread++) {
                loops.add(new LoadLoop(plan, targetsOf(plan, thread), source));
            }
            var running = loops.stream().map(loop -> executor.submit(loop::run)).toList();
            return running.stream()
                    .map(HttpLoad::resultOf)
                    .reduce(LoadResult::plus)
                    .orElseThrow();
        } finally {
            executor.shutdownNow();
            for (var loop : loops) {
                loop.close();
            }
        }
    }

    private static LoadResult resultOf(Future<LoadResult> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a load ran", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a load ended early", e.getCause());
        }
    }

    /** The targets of the connections that {@code thread} serves. */
    private static List<InetSocketAddress> targetsOf(LoadPlan plan, int thread) {
        var targets = new ArrayList<InetSocketAddress>();
        for (var connection = thread; connection < plan.connections(); connection += plan.threads()) {
            targets.add(plan.targets().get(connection % plan.targets().size()));
        }
        return targets;
    }
}

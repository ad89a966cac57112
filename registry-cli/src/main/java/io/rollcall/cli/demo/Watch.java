package io.rollcall.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Watches the nodes: until they are ready, and then whether one dies or comes back. */
final class Watch implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(5);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int LOG_TAIL_LINES = 20;

    private final List<NodeProcess> nodes;
    private final PrintWriter out;
    private final Readiness readiness = new Readiness();
    private final Set<NodeProcess> byHand = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::watch, "demo-watch");

    Watch(List<NodeProcess> nodes, PrintWriter out) {
        this.nodes = nodes;
        this.out = out;
    }

    /** Waits until all nodes are ready. */
    void awaitReady() throws DemoException, InterruptedException {
        out.println("waiting until they agree on a leader");
        long start = System.nanoTime();
        long reportAt = start + REPORT_EVERY.toNanos();
        List<NodeProcess> waiting = new ArrayList<>(nodes);
        while (true) {
            for (NodeProcess node : List.copyOf(waiting)) {
                requireAlive(node);
                if (readiness.isReady(node.address())) {
                    waiting.remove(node);
                    out.printf("  %s is ready after %.1f s%n", node.address().id(), seconds(start));
                }
            }
            if (waiting.isEmpty()) {
                return;
            }
            if (System.nanoTime() - start > READY_LIMIT.toNanos()) {
                NodeProcess first = waiting.get(0);
                throw new DemoException("not ready after " + READY_LIMIT.toMinutes() + " minutes: " + ids(waiting)
                        + ". The end of " + first.log() + ":\n" + first.logTail(LOG_TAIL_LINES));
            }
            if (System.nanoTime() - reportAt >= 0) {
                reportAt += REPORT_EVERY.toNanos();
                out.printf("  still waiting for %s after %.0f s%n", ids(waiting), seconds(start));
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    private static void requireAlive(NodeProcess node) throws DemoException {
        if (!node.isAlive()) {
            throw new DemoException("node " + node.address().id() + " ended while it started (" + node.end()
                    + "). The end of " + node.log() + ":\n" + node.logTail(LOG_TAIL_LINES));
        }
    }

    /** From now on tells of each node that dies, and of each that is back, until it is closed. */
    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        Set<NodeProcess> gone = new HashSet<>();
        try {
            while (true) {
                for (NodeProcess node : nodes) {
                    watch(node, gone);
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A node that was started again by hand is no process of ours: only its answers tell of it. */
    private void watch(NodeProcess node, Set<NodeProcess> gone) throws InterruptedException {
        if (node.isAlive()) {
            return;
        }
        boolean ready = readiness.isReady(node.address());
        if (!ready && gone.add(node)) {
            byHand.remove(node);
            tellGone(node);
        } else if (ready && gone.remove(node)) {
            byHand.add(node);
            out.println(TimeOfDay.now() + "  " + node.address().id() + " is back");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
            byHand.forEach(node -> out.println(
                    node.address().id() + " was started again by hand and goes on: stop it where it was started"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellGone(NodeProcess node) {
        out.println(TimeOfDay.now() + "  " + node.address().id() + " is gone (pid " + node.pid() + ", " + node.end()
                + "). In another terminal, start it again with:");
        out.println("    " + node.typedCommand());
    }

    private static String ids(List<NodeProcess> some) {
        return some.stream().map(node -> node.address().id()).collect(Collectors.joining(", "));
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }
}

package io.rollcall.bench.load;

import io.rollcall.bench.load.Connection.Arrival;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** One thread of a load and the connections it serves. */
final class LoadLoop implements AutoCloseable {

    private static final long LATENCY_MICROS_MAX = Duration.ofMinutes(10).toNanos() / 1000;
    private static final int LATENCY_DIGITS = 3;
    private static final long DRAIN_NANOS_MAX = Duration.ofSeconds(15).toNanos();
    private static final long SELECT_MILLIS_MAX = 100;
    private static final long MILLI = 1_000_000;

    /** How exactly an open loop keeps its times; finer would take the servers' processor time. */
    private static final long PARK_NANOS = 100_000;

    private final double ratePerSecond;
    private final long durationNanos;
    private final RequestSource source;
    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final ByteBuffer out = ByteBuffer.allocateDirect(LoadPlan.REQUEST_BYTES_MAX);
    private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
    private final Consumer<SelectionKey> onReady = this::ready;
    private final Histogram latencyMicros = new Histogram(LATENCY_MICROS_MAX, LATENCY_DIGITS);
    private final Map<String, Long> failures = new HashMap<>();

    private long startNanos;
    private long endNanos;
    private long arrivals;
    private int inFlight;
    private long answered;
    private long bodyBytes;

    LoadLoop(LoadPlan plan, List<InetSocketAddress> targets, RequestSource source) throws IOException {
        this.ratePerSecond = plan.ratePerSecond() / plan.threads();
        this.durationNanos = plan.duration().toNanos();
        this.source = source;
        this.selector = Selector.open();
        for (var target : targets) {
            connections.add(new Connection(target, selector));
        }
        idle.addAll(connections);
    }

    /** Drives the load, and waits a while for what is in flight at its end. */
    LoadResult run() {
        try {
            startNanos = System.nanoTime();
            endNanos = startNanos + durationNanos;
            beginDue(startNanos);
            for (var now = startNanos; !isOver(now); now = System.nanoTime()) {
                select(now);
                beginDue(System.nanoTime());
            }
            abandon(System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LoadResult(durationNanos / 1e9, answered, bodyBytes, failures, latencyMicros);
    }

    @Override
    public void close() throws IOException {
        for (var connection : connections) {
            connection.close();
        }
        selector.close();
    }

    private boolean isOpenLoop() {
        return ratePerSecond > 0;
    }

    private boolean isOver(long now) {
        var nothingOpen = inFlight == 0 && (!isOpenLoop() || nextArrivalNanos() >= endNanos);
        return now >= endNanos && (nothingOpen || now >= endNanos + DRAIN_NANOS_MAX);
    }

    private long nextArrivalNanos() {
        return startNanos + (long) (arrivals * 1e9 / ratePerSecond);
    }

    /** Begins what is due, as far as callers are free. */
    private void beginDue(long now) throws IOException {
        while (!idle.isEmpty()) {
            // An open loop goes on, after its end, with what was due before it.
            var start = isOpenLoop() ? nextArrivalNanos() : now;
            if (start > now || start >= endNanos) {
                return;
            }
            arrivals++;
            begin(idle.removeFirst(), start);
        }
    }

    private void begin(Connection connection, long start) throws IOException {
        out.clear();
        source.writeNext(out);
        out.flip();
        inFlight++;
        try {
            connection.send(out, start);
        } catch (IOException closedMeanwhile) {
            lost(connection);
        }
    }

    private void select(long now) throws IOException {
        if (isOpenLoop() && !idle.isEmpty() && nextArrivalNanos() < endNanos) {
            var wait = nextArrivalNanos() - now;
            if (wait < MILLI) {
                if (wait > 0) {
                    LockSupport.parkNanos(Math.min(wait, PARK_NANOS));
                }
                selector.selectNow(onReady);
                return;
            }
            selector.select(onReady, Math.min(wait / MILLI, SELECT_MILLIS_MAX));
            return;
        }
        selector.select(onReady, SELECT_MILLIS_MAX);
    }

    private void ready(SelectionKey key) {
        var connection = (Connection) key.attachment();
        try {
            if (key.isWritable()) {
                connection.sendOn();
            }
            if (key.isValid() && key.isReadable()) {
                receive(connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive(Connection connection) throws IOException {
        var wasBusy = connection.isBusy();
        var arrival = connection.receive(in);
        if (arrival == Arrival.LOST) {
            if (wasBusy) {
                lost(connection);
            } else {
                connection.reconnect();
            }
        } else if (arrival == Arrival.ANSWER) {
            var now = System.nanoTime();
            account(connection, now);
            free(connection);
            if (!isOpenLoop()) {
                beginDue(now);
            }
        }
    }

    private void account(Connection connection, long now) {
        var answer = connection.answer();
        if (answer.status() / 100 != 2) {
            fail("status " + answer.status());
            return;
        }
        latencyMicros.recordValue(Math.min((now - connection.startNanos()) / 1000, LATENCY_MICROS_MAX));
        bodyBytes += answer.bodyBytes();
        if (now < endNanos) {
            answered++;
        }
    }

    private void lost(Connection connection) throws IOException {
        fail("connection lost");
        connection.reconnect();
        free(connection);
    }

    private void free(Connection connection) {
        inFlight--;
        idle.addLast(connection);
    }

    /** Counts what has no answer when the wait is over: it would else be missing where it hurts most. */
    private void abandon(long now) {
        for (var i = 0; i < inFlight; i++) {
            fail("no answer");
        }
        while (isOpenLoop() && nextArrivalNanos() < Math.min(endNanos, now)) {
            arrivals++;
            fail("never begun");
        }
    }

    private void fail(String what) {
        failures.merge(what, 1L, Long::sum);
    }
}

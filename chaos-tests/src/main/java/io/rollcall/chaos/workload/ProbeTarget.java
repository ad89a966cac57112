package io.rollcall.chaos.workload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.LeaseHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * The target of the health checks of many instances, each under a path of its own. It answers each probe as it is told to, and
 * notes what it answered. Thread-safe.
 */
public final class ProbeTarget implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int BACKLOG = 256;
    private static final int GOOD = 200;
    private static final int BAD = 500;
    private static final int NO_BODY = -1;
    private static final String BASE = "/check/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread created = new Thread(task, "probe-target");
        created.setDaemon(true);
        return created;
    });
    private final LeaseHistory history;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    /** What is answered to the probes of one instance; the number says which probe of it this is, from 0. */
    private static final class Script {

        private final InstanceRef instance;
        private final AtomicInteger probes = new AtomicInteger();
        private volatile IntPredicate good = probe -> true;

        Script(InstanceRef instance) {
            this.instance = instance;
        }
    }

    /**
     * A target that listens on the loopback, where all are well.
     *
     * @param history takes each probe
     */
    public ProbeTarget(LeaseHistory history) {
        this.history = history;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen", e);
        }
        server.createContext(BASE, this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Returns where it listens.
     *
     * @return a port of the loopback
     */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where an instance is checked. */
    static String path(InstanceRef instance) {
        return BASE + instance.service() + "/" + instance.id();
    }

    /**
     * Says how an instance is from now on.
     *
     * @param instance which
     * @param good whether a probe is answered well, by how many of the instance were answered since this was said
     */
    public void script(InstanceRef instance, IntPredicate good) {
        Script script = scriptOf(instance);
        synchronized (script) {
            script.probes.set(0);
            script.good = good;
        }
    }

    /**
     * Counts the probes of an instance.
     *
     * @param instance which
     * @return how many since its script was set
     */
    public int probes(InstanceRef instance) {
        return scriptOf(instance).probes.get();
    }

    private Script scriptOf(InstanceRef instance) {
        return scripts.computeIfAbsent(path(instance), path -> new Script(instance));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] parts =
                exchange.getRequestURI().getPath().substring(BASE.length()).split("/", 2);
        Script script = scriptOf(new InstanceRef(parts[0], parts.length > 1 ? parts[1] : ""));
        boolean good;
        // Noted and answered in one order, since the checker counts answers in a row.
        synchronized (script) {
            good = script.good.test(script.probes.getAndIncrement());
            history.add(new LeaseEvent.Probed(script.instance, good, history.now()));
        }
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(good ? GOOD : BAD, NO_BODY);
        exchange.close();
    }

    /** Listens no more. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

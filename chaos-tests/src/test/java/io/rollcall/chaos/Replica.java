package io.rollcall.chaos;

import com.sun.net.httpserver.HttpServer;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.chaos.call.CallEvent;
import io.rollcall.chaos.call.CallEvent.Run;
import io.rollcall.chaos.fault.Cable;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.workload.Door;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.provide.InstanceProvider;
import io.rollcall.client.provide.LiveRegistration;
import io.rollcall.client.provide.ProviderOptions;
import io.rollcall.client.provide.RegisterOptions;
import io.rollcall.client.provide.RegistrationEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One run of an instance: a server that answers with what it is, and a provider that keeps it registered, as a program of a
 * user would. It reaches the nodes by cables, so that it can die without a word.
 */
final class Replica implements AutoCloseable {

    /** Under which key of its metadata an instance says which of its runs it is. */
    static final String RUN = "run";

    /** From the end of a deregistration until the server stops: a call may be on its way that was decided before. */
    private static final Duration LINGER = Duration.ofMillis(500);

    private static final int BACKLOG = 256;
    private static final int THREADS = 4;
    private static final int OK = 200;

    private final ClientTrial trial;
    private final Run run;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Replica::thread);
    private final List<Cable> cables = new ArrayList<>();
    private final RegistryClient client;
    private final InstanceProvider provider;
    private volatile boolean isRunning = true;

    private Replica(ClientTrial trial, Run run, int port) {
        this.trial = trial;
        this.run = run;
        this.server = serve(run, port);
        server.setExecutor(threads);
        server.start();
        Door.of(trial.cluster().nodes()).forEach(door -> cables.add(new Cable(door.http())));
        this.client = RegistryClient.builder()
                .servers(cables.stream().map(cable -> cable.http().toString()).toList())
                .build();
        this.provider = client.provider(
                ProviderOptions.defaults().withShutdownHook(false).withListener(this::told));
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "replica");
        thread.setDaemon(true);
        return thread;
    }

    private static HttpServer serve(Run run, int port) {
        byte[] answer = run.toString().getBytes(StandardCharsets.UTF_8);
        try {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(OK, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serve " + run, e);
        }
    }

    /**
     * Starts a run, and returns when it is registered.
     *
     * @param instance which
     * @param number of the run
     * @param port where it serves; if it is another one than before, it takes the id over
     */
    static Replica start(ClientTrial trial, InstanceRef instance, int number, int port) {
        Replica replica = new Replica(trial, new Run(instance, number), port);
        try {
            replica.register(port);
            return replica;
        } catch (RuntimeException e) {
            replica.close();
            throw e;
        }
    }

    private void register(int port) {
        Registration registration = Registration.builder(InstanceKey.of(
                        "default", run.instance().service(), run.instance().id()))
                .address("127.0.0.1", port)
                .ttl(ClientTrial.TTL)
                .metadata(Map.of(RUN, Integer.toString(run.number())))
                .build();
        LiveRegistration live =
                provider.register(registration, RegisterOptions.defaults().withTakeover());
        long incarnation = live.instance().orElseThrow().incarnation();
        trial.note(new CallEvent.Registered(run, incarnation, trial.now()));
    }

    private void told(RegistrationEvent event) {
        if (isRunning) {
            long silence = event instanceof RegistrationEvent.LeaseLost lost
                    ? lost.silence().toNanos()
                    : 0;
            trial.note(new CallEvent.Told(run, event.getClass().getSimpleName(), silence, trial.now()));
        }
    }

    Run run() {
        return run;
    }

    /** Leaves as a program does that is told to end: out of traffic, out of the registry, and then its server stops. */
    void leave() {
        trial.note(new CallEvent.Closing(run, trial.now()));
        isRunning = false;
        client.close();
        Hold.forFault(LINGER, "calls that are on their way arrive");
        trial.note(new CallEvent.Ended(run, true, trial.now()));
        stop();
    }

    /** Dies as by {@code kill -9}. */
    void die() {
        isRunning = false;
        trial.note(new CallEvent.Ended(run, false, trial.now()));
        cables.forEach(Cable::cut);
        stop();
        // It tries to say goodbye until its time is over, and nobody hears it.
        thread(client::close).start();
    }

    private void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** For the end of a test: it goes, one way or the other. */
    @Override
    public void close() {
        if (isRunning) {
            die();
        }
        cables.forEach(Cable::close);
    }
}

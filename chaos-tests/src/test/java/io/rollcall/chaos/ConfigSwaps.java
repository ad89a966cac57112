package io.rollcall.chaos;

import io.rollcall.chaos.checker.InstanceModel.Answer;
import io.rollcall.chaos.checker.InstanceModel.Ask;
import io.rollcall.chaos.checker.Operation;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeProcess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Callers that contend for a few configuration keys: each reads one on any node, then replaces what it saw, if it is still
 * there; now and then it overwrites or deletes. No two writes give the same value, so that an entity tag stands for a
 * value. Each request is sent once.
 */
final class ConfigSwaps implements AutoCloseable {

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(12);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final PlainClient client = new PlainClient(REQUEST_LIMIT);
    private final List<NodeProcess> nodes;
    private final int keys;
    private final List<Thread> callers = new ArrayList<>();
    private final Map<String, List<Operation<Ask, Answer>>> histories = new TreeMap<>();
    private volatile boolean running = true;
    private @Nullable Throwable failure;

    /** What a caller saw: a value and the tag that stands for it; nothing if the key was not there. */
    private record Sight(@Nullable String value, @Nullable String etag) {}

    ConfigSwaps(List<NodeProcess> nodes, int keys, int callers, SplittableRandom random) {
        this.nodes = nodes;
        this.keys = keys;
        for (int i = 0; i < callers; i++) {
            String name = "caller-" + i;
            SplittableRandom own = random.split();
            this.callers.add(new Thread(() -> run(name, own), name));
        }
    }

    void start() {
        callers.forEach(Thread::start);
    }

    private void run(String caller, SplittableRandom random) {
        try {
            for (int turn = 0; running; turn++) {
                String key = "/api/v1/config/contended/" + random.nextInt(keys);
                Sight sight = read(caller, key, random);
                if (sight != null) {
                    write(caller, key, caller + "-" + turn, sight, random);
                }
            }
        } catch (RuntimeException | Error e) {
            synchronized (histories) {
                failure = e;
            }
        }
    }

    /** Null if the node did not say. */
    private @Nullable Sight read(String caller, String key, SplittableRandom random) {
        long called = System.nanoTime();
        Outcome outcome = client.send(node(random), ApiRequest.get(key + "?consistency=linearizable"));
        long returned = System.nanoTime();
        if (outcome.hasStatus(404)) {
            add(key, new Operation<>(caller, new Ask.Read(), new Answer.Seen(null), called, returned));
            return new Sight(null, null);
        }
        if (!(outcome instanceof Outcome.Done done)) {
            return null;
        }
        String value = done.answer().body().asText();
        add(key, new Operation<>(caller, new Ask.Read(), new Answer.Seen(value), called, returned));
        return new Sight(value, done.answer().headers().firstValue("ETag").orElseThrow());
    }

    private void write(String caller, String key, String value, Sight sight, SplittableRandom random) {
        int draw = random.nextInt(20);
        Ask ask = draw == 0 ? new Ask.Remove() : draw == 1 ? new Ask.Put(value) : new Ask.Swap(sight.value(), value);
        ApiRequest request = draw == 0
                ? ApiRequest.delete(key)
                : new ApiRequest("PUT", key, '"' + value + '"', draw == 1 ? Map.of() : condition(sight));
        long called = System.nanoTime();
        Outcome outcome = client.send(node(random), request.withRequestId(caller + "-" + value));
        long returned = System.nanoTime();
        if (outcome instanceof Outcome.Unknown) {
            add(key, Operation.unknown(caller, ask, called));
            return;
        }
        Answer answer = answer(ask, outcome);
        if (answer != null) {
            add(key, new Operation<>(caller, ask, answer, called, returned));
        }
    }

    private static Map<String, String> condition(Sight sight) {
        return sight.etag() == null ? Map.of("If-None-Match", "*") : Map.of("If-Match", sight.etag());
    }

    /** Null if nothing was done and nothing is said of the key. */
    private static @Nullable Answer answer(Ask ask, Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            return ask instanceof Ask.Remove ? new Answer.Removed(true) : new Answer.Done();
        }
        if (outcome.hasStatus(412)) {
            return new Answer.Refused();
        }
        if (outcome.hasStatus(404)) {
            return new Answer.Removed(false);
        }
        if (!((Outcome.NotDone) outcome).retriable()) {
            throw new IllegalStateException(ask + " ended with " + outcome);
        }
        return null;
    }

    private URI node(SplittableRandom random) {
        return nodes.get(random.nextInt(nodes.size())).http();
    }

    private void add(String key, Operation<Ask, Answer> operation) {
        synchronized (histories) {
            histories.computeIfAbsent(key, any -> new ArrayList<>()).add(operation);
        }
    }

    /** Ends the load and returns what happened to each key. */
    Map<String, List<Operation<Ask, Answer>>> stop() {
        close();
        synchronized (histories) {
            if (failure != null) {
                throw new AssertionError("a caller failed", failure);
            }
            return Collections.unmodifiableMap(histories);
        }
    }

    @Override
    public void close() {
        running = false;
        for (Thread caller : callers) {
            try {
                caller.join(STOP_LIMIT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the callers end", e);
            }
        }
    }
}

package io.rollcall.chaos;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.chaos.call.CallEvent.Called;
import io.rollcall.chaos.call.CallEvent.Run;
import io.rollcall.chaos.call.CallEvent.Try;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.balance.BalancedCalls;
import io.rollcall.client.balance.CallOptions;
import io.rollcall.client.balance.Ejection;
import io.rollcall.client.balance.Retries;
import io.rollcall.client.directory.DirectoryOptions;
import io.rollcall.client.directory.ServiceDirectory;
import io.rollcall.client.directory.ServiceView;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A consumer as a program of a user would be: a directory, balanced calls, and a thread that calls each service again and again. */
final class CallingConsumer implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(20);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final ClientTrial trial;
    private final String name;
    private final RegistryClient client;
    private final ServiceDirectory directory;
    private final Map<String, BalancedCalls> calls = new TreeMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CALL_TIMEOUT).build();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "consumer"));
    private volatile boolean isOver;

    /**
     * A consumer that keeps what it knows in a folder.
     *
     * @param ejects if not, who died is called until the registry tells that it is gone. It may get most calls for so long,
     *     where the others have their slow start: that takes more retries than a budget is for
     */
    CallingConsumer(ClientTrial trial, String name, List<String> services, Path folder, boolean ejects) {
        this.trial = trial;
        this.name = name;
        this.client = RegistryClient.builder()
                .servers(trial.cluster().nodes().stream()
                        .map(node -> node.http().toString())
                        .toList())
                .build();
        this.directory = client.directory(
                DirectoryOptions.defaults().withSubscriber(name).withCacheFolder(folder));
        services.forEach(service -> calls.put(
                service,
                BalancedCalls.over(() -> directory.view(key(service)).instances())
                        .ejection(ejects ? Ejection.DEFAULT : Ejection.off())
                        .retries(ejects ? Retries.DEFAULT : Retries.DEFAULT.withBudget(1, 0))
                        .build()));
    }

    private ServiceKey key(String service) {
        return client.service(service);
    }

    ServiceDirectory directory() {
        return directory;
    }

    ServiceView view(String service) {
        return directory.view(key(service));
    }

    /** Begins to call. */
    void start() {
        calls.keySet()
                .forEach(service -> threads.execute(() -> {
                    while (!isOver) {
                        call(service);
                        Hold.forFault(PACE, "a consumer's pace");
                    }
                }));
    }

    /** Looks a service up and calls it once. */
    Called call(String service) {
        long from = trial.now();
        List<Try> tries = new ArrayList<>();
        int instances = 0;
        long ageMillis = 0;
        String why = "";
        try {
            ServiceView view = directory.require(key(service));
            instances = view.instances().size();
            ageMillis = view.age().toMillis();
            BalancedCalls balanced = calls.get(service);
            balanced.call(CallOptions.idempotent(), instance -> attempt(instance, tries));
        } catch (IOException | RuntimeException e) {
            why = e.toString();
        }
        Called called = new Called(name, service, instances, ageMillis, tries, from, trial.now(), why);
        trial.note(called);
        return called;
    }

    private String attempt(Instance instance, List<Try> tries) throws IOException {
        Run target = run(instance);
        long from = trial.now();
        try {
            String answer = get(instance);
            tries.add(new Try(target, answer, from, trial.now(), ""));
            return answer;
        } catch (IOException | RuntimeException e) {
            tries.add(new Try(target, "", from, trial.now(), e.toString()));
            throw e;
        }
    }

    private String get(Instance instance) throws IOException {
        URI uri = URI.create("http://" + instance.registration().host() + ":"
                + instance.registration().port() + "/");
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(CALL_TIMEOUT).build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new IOException(uri + " answered " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Run run(Instance instance) {
        InstanceRef ref = new InstanceRef(
                instance.key().service().name().value(), instance.key().id().value());
        return new Run(ref, Integer.parseInt(instance.registration().metadata().getOrDefault(Replica.RUN, "0")));
    }

    /** Calls no more, and returns when the last call has ended. */
    void stop() {
        isOver = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new AssertionError(name + " hangs in a call");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        isOver = true;
        threads.shutdown();
        client.close();
    }
}

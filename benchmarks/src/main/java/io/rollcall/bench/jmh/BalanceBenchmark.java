package io.rollcall.bench.jmh;

import io.rollcall.api.model.Instance;
import io.rollcall.client.balance.BalancedCalls;
import io.rollcall.client.balance.CallOptions;
import io.rollcall.client.balance.LoadBalancer;
import io.rollcall.client.balance.PickContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a caller pays before each call: to look up the list and to pick an instance, and to have the call counted. The
 * threads share one {@link BalancedCalls}, as those of a process do: {@code -t 2} adds a second one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BalanceBenchmark {

    private static final int KEYS = 1024;
    private static final int WEIGHTS = 5;

    /** How many instances the service has. */
    @Param({"10", "1000"})
    public int instances;

    /** How calls are spread. */
    @Param({"roundRobin", "random", "weighted", "leastLoaded", "consistentHashing", "zoneAware"})
    public String balancer = "";

    // What the directory holds: read anew by each call.
    private volatile List<Instance> list = List.of();
    private BalancedCalls calls = BalancedCalls.over(List::of).build();
    private final PickContext[] contexts = new PickContext[KEYS];

    /** Where a thread is among the keys. */
    @State(Scope.Thread)
    public static class Caller {
        private int next;
    }

    /** Fills the service; the weights differ. */
    @Setup(Level.Trial)
    public void fill() {
        list = IntStream.range(0, instances)
                .mapToObj(n -> SampleInstances.weighted("orders", n, 100 + n % WEIGHTS * 50))
                .toList();
        calls = BalancedCalls.over(() -> list).balancer(balancer()).build();
        for (var i = 0; i < KEYS; i++) {
            contexts[i] = PickContext.keyed(i);
        }
    }

    /**
     * An instance for the next call.
     *
     * @param caller of this thread
     * @return the instance
     */
    @Benchmark
    public Instance pick(Caller caller) {
        return calls.pick(contexts[caller.next++ & (KEYS - 1)]);
    }

    /**
     * A call that takes no time, with all that is counted around it.
     *
     * @return what it answers
     */
    @Benchmark
    public Instance call() {
        return calls.<Instance, RuntimeException>call(CallOptions.once(), instance -> instance);
    }

    private LoadBalancer balancer() {
        var balancers = Map.of(
                "roundRobin", LoadBalancer.roundRobin(),
                "random", LoadBalancer.random(),
                "weighted", LoadBalancer.weighted(),
                "leastLoaded", LoadBalancer.leastLoaded(),
                "consistentHashing", LoadBalancer.consistentHashing(),
                "zoneAware", LoadBalancer.zoneAware("eu-central-1a", LoadBalancer.leastLoaded()));
        var named = balancers.get(balancer);
        if (named == null) {
            throw new IllegalArgumentException(balancer + " is none of " + balancers.keySet());
        }
        return named;
    }
}

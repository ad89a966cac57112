package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

final class BalancedCallsThreadsTest {

    private static final int THREADS = 4;
    private static final int CALLS = 20_000;

    private volatile List<Instance> list = Sample.many(8);

    /** Each balancer, with instances coming, going, failing and being ejected: nothing is lost or counted twice. */
    @Test
    void inFlightReturnsToZero(TestReporter reporter) throws Exception {
        SplittableRandom seeds = Chance.seeded(reporter);
        List<LoadBalancer> balancers = List.of(
                LoadBalancer.roundRobin(),
                LoadBalancer.random(),
                LoadBalancer.weighted(),
                LoadBalancer.leastLoaded(),
                LoadBalancer.consistentHashing(),
                LoadBalancer.zoneAware("a", LoadBalancer.leastLoaded()));
        for (LoadBalancer balancer : balancers) {
            BalancedCalls calls = BalancedCalls.over(() -> list)
                    .balancer(balancer)
                    .ejection(Ejection.DEFAULT.withDuration(Duration.ofMillis(1), Duration.ofMillis(2)))
                    .build();
            AtomicLong made = new AtomicLong();
            AtomicInteger ended = new AtomicInteger();
            List<SplittableRandom> randoms = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                randoms.add(seeds.split());
            }

            Together.run(THREADS, thread -> {
                SplittableRandom random = randoms.get(thread);
                for (int i = 0; i < CALLS / 4; i++) {
                    if (thread == 0 && i % 50 == 0) {
                        list = someOf(random);
                    }
                    call(calls, random, made);
                    ended.incrementAndGet();
                }
            });

            list = Sample.many(8);
            assertThat(ended.get()).isEqualTo(THREADS * (CALLS / 4));
            assertThat(made.get()).isGreaterThanOrEqualTo(ended.get());
            assertThat(calls.endpoints())
                    .hasSize(8)
                    .allSatisfy(state -> assertThat(state.inFlight()).isZero());
        }
    }

    /** The weighted shares are exact, whoever picks. */
    @Test
    void countsAreExact() throws Exception {
        list = Sample.list(
                Sample.of("a").weight(100),
                Sample.of("b").weight(200),
                Sample.of("c").weight(500));
        BalancedCalls calls = BalancedCalls.over(() -> list).build();
        AtomicInteger[] counts = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};

        Together.run(THREADS, thread -> {
            for (int i = 0; i < CALLS; i++) {
                calls.call(instance -> counts[instance.key().id().value().charAt(0) - 'a'].incrementAndGet());
            }
        });

        assertThat(counts[0]).hasValue(THREADS * CALLS / 8);
        assertThat(counts[1]).hasValue(THREADS * CALLS / 4);
        assertThat(counts[2]).hasValue(THREADS * CALLS * 5 / 8);
    }

    private void call(BalancedCalls calls, SplittableRandom random, AtomicLong made) {
        CallOptions options =
                random.nextBoolean() ? CallOptions.idempotent().withKey("k" + random.nextInt(100)) : CallOptions.once();
        boolean fails = random.nextInt(5) == 0;
        try {
            calls.call(options, instance -> {
                made.incrementAndGet();
                if (fails) {
                    throw new IOException("connection reset");
                }
                return "";
            });
        } catch (IOException e) {
            assertThat(fails).isTrue();
        }
    }

    private static List<Instance> someOf(SplittableRandom random) {
        List<Instance> some = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            if (i == 0 || random.nextInt(4) > 0) {
                some.add(Sample.of("i-" + i).zone(i % 2 == 0 ? "a" : "b").instance());
            }
        }
        return List.copyOf(some);
    }
}

package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.server.app.SubmitOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prints what three members in one process manage, without HTTP; run it with {@code -Drollcall.measure=true}. */
@EnabledIfSystemProperty(named = "rollcall.measure", matches = "true")
final class RaftThroughputIT {

    private static final Logger LOG = LoggerFactory.getLogger(RaftThroughputIT.class);

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration ROUND = Duration.ofSeconds(4);
    private static final int ROUNDS = Integer.getInteger("rollcall.measure.rounds", 3);

    @TempDir
    Path folder;

    /** Something that callers do again and again; returns when it was acknowledged. */
    private interface Action {

        void run(LocalMember member, Runnable done);
    }

    @Test
    void commandsAndBarriers() throws Exception {
        try (LocalCluster cluster = LocalCluster.started(3, folder, LocalCluster.LogLimits.DEFAULT)) {
            LocalMember leader = cluster.leader();
            LocalMember follower = cluster.follower();
            AtomicLong next = new AtomicLong();
            Action write = (member, done) -> Callbacks.onEnd(
                    member.node()
                            .commands()
                            .submit(LocalCluster.register("i-" + next.getAndIncrement() % 10_000), DEADLINE),
                    (outcome, error) -> {
                        assertThat(outcome).isInstanceOf(SubmitOutcome.Committed.class);
                        done.run();
                    });
            Action barrier =
                    (member, done) -> Callbacks.onEnd(member.node().freshness().barrier(DEADLINE), (passed, error) -> {
                        assertThat(passed).isTrue();
                        done.run();
                    });
            measure("write, leader", 1, write, i -> leader);
            measure("write, leader", 64, write, i -> leader);
            measure("write, all members", 64, write, i -> cluster.members.get(i % 3));
            measure("write, leader", 1_024, write, i -> leader);
            measure("write, all members", 1_024, write, i -> cluster.members.get(i % 3));
            measure("barrier, leader", 256, barrier, i -> leader);
            measure("barrier, follower", 1, barrier, i -> follower);
            measure("barrier, follower", 256, barrier, i -> follower);
            cluster.assertNoFaults();
        }
    }

    private static void measure(String what, int inFlight, Action action, IntFunction<LocalMember> members)
            throws InterruptedException {
        LongAdder acknowledged = new LongAdder();
        LongAdder nanos = new LongAdder();
        long end = System.nanoTime() + WARM_UP.plus(ROUND.multipliedBy(ROUNDS)).toNanos();
        CountDownLatch callers = new CountDownLatch(inFlight);
        for (int i = 0; i < inFlight; i++) {
            again(action, members.apply(i), acknowledged, nanos, end, callers);
        }
        callers.await(WARM_UP.toMillis(), TimeUnit.MILLISECONDS);
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.reset();
            nanos.reset();
            long start = System.nanoTime();
            callers.await(ROUND.toMillis(), TimeUnit.MILLISECONDS);
            double seconds = (System.nanoTime() - start) / 1e9;
            LOG.info(String.format(
                    Locale.ROOT,
                    "%-20s %5d in flight: %8.0f/s, mean %6.2f ms",
                    what,
                    inFlight,
                    acknowledged.sum() / seconds,
                    nanos.sum() / 1e6 / Math.max(1, acknowledged.sum())));
        }
        callers.await();
    }

    private static void again(
            Action action, LocalMember member, LongAdder acknowledged, LongAdder nanos, long end, CountDownLatch last) {
        long start = System.nanoTime();
        action.run(member, () -> {
            long now = System.nanoTime();
            acknowledged.increment();
            nanos.add(now - start);
            if (now - end < 0) {
                again(action, member, acknowledged, nanos, end, last);
            } else {
                last.countDown();
            }
        });
    }
}

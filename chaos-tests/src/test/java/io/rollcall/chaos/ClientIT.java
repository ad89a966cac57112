package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.call.CallEvent.Called;
import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.client.directory.DirectoryCount;
import io.rollcall.client.directory.DirectoryMode;
import io.rollcall.client.directory.ServiceView;
import io.rollcall.client.directory.ViewSource;
import io.rollcall.examples.ColdStart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs that provide and consume with the client, and do not notice what becomes of the registry. */
final class ClientIT {

    private static final Duration DEAD = Duration.ofSeconds(1);
    private static final Duration ALL_DEAD = Duration.ofSeconds(10);
    private static final Duration LIVE_LIMIT = Duration.ofSeconds(30);

    /** The promise of the product: so long a new consumer waits for a registry that is not there. */
    private static final long COLD_START_MILLIS = 1_000;

    private static final int PROGRAMS = 3;

    private static final Pattern COLD_START =
            Pattern.compile("3 instances from DISK, (\\d+) s old\\s+known after (\\d+) ms");

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void callersDoNotNoticeThatTheLeaderDies(Recorder recorder) {
        try (ClientTrial trial = new ClientTrial(ClusterOptions.named("client-leader"), recorder);
                Churn churn = new Churn(trial, Duration.ofSeconds(1))) {
            trial.startReplicas();
            trial.startConsumers(1);
            churn.start();
            Hold.forFault(Duration.ofSeconds(1), "all nodes serve");
            trial.kill(trial.cluster().awaitLeader(), DEAD);
            churn.stop();
            requireAllGood(trial.finish(), 1);
        }
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void callersDoNotNoticeThatNodesDieInTurnForFiveMinutes(Recorder recorder) {
        try (ClientTrial trial = new ClientTrial(ClusterOptions.named("client-turns"), recorder);
                Churn churn = new Churn(trial, ClientTrial.TTL.plusSeconds(2))) {
            trial.startReplicas();
            trial.startConsumers(2);
            churn.start();
            List<NodeProcess> nodes = trial.cluster().nodes();
            long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
            int kills = 0;
            while (System.nanoTime() < end || kills < Trial.rounds(12)) {
                Hold.forFault(Duration.ofMillis(500 + trial.random().nextInt(2_000)), "all nodes serve");
                trial.kill(nodes.get(kills++ % nodes.size()), DEAD);
            }
            churn.stop();
            requireAllGood(trial.finish(), kills / nodes.size());
        }
    }

    private static void requireAllGood(Findings findings, int changes) {
        assertThat(findings.figure(Figure.CALLS)).as("calls").isPositive();
        assertThat(findings.figure(Figure.REGISTRATION_LOOKS))
                .as("looks at registrations")
                .isPositive();
        assertThat(findings.figure(Figure.REREGISTRATIONS))
                .as("registrations that the registry forgot")
                .isZero();
        assertThat(findings.figure(Figure.LEADER_CHANGES)).as("leader changes").isGreaterThanOrEqualTo(changes);
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void callersGoOnWhileNoNodeLives(Recorder recorder) {
        try (ClientTrial trial = new ClientTrial(ClusterOptions.named("client-all-down"), recorder)) {
            trial.startReplicas();
            CallingConsumer running = trial.consumer("running");
            running.start();
            Conditions.await(
                    "what is known of all services to be on disk",
                    LIVE_LIMIT,
                    () -> assertThat(running.directory().count(DirectoryCount.DISK_WRITES))
                            .isGreaterThanOrEqualTo(ClientTrial.SERVICES.size()));
            trial.killAll(() -> {
                long dead = System.nanoTime();
                Hold.forFault(ALL_DEAD, "no node lives");
                assertAgeIsTold(running, dead);
                coldStart(trial);
                coldStartOfAProgram(trial);
                assertAgeIsTold(running, dead);
            });
            trial.consumers().forEach(ClientIT::awaitLive);
            requireAllGood(trial.finish(), 0);
        }
    }

    private static void assertAgeIsTold(CallingConsumer consumer, long deadNanos) {
        for (String service : ClientTrial.SERVICES) {
            ServiceView view = consumer.view(service);
            assertThat(view.age()).as("age told by %s", view).isGreaterThanOrEqualTo(since(deadNanos));
            assertThat(view.instances()).as("instances of %s", view).hasSize(3);
        }
        assertThat(consumer.directory().mode()).isEqualTo(DirectoryMode.OFFLINE);
    }

    /** A consumer that never spoke with a node, on the folder of another one. */
    private static void coldStart(ClientTrial trial) {
        long begun = System.nanoTime();
        CallingConsumer fresh = trial.consumer("fresh");
        Called called = fresh.call("user-service");
        long took = since(begun).toMillis();
        trial.recorder().millis("from a consumer's start until its first answer, with no node alive", took);
        ServiceView view = fresh.view("user-service");

        assertThat(called.why()).as("the first call: %s", called).isEmpty();
        assertThat(took).as("milliseconds until the first call was answered").isLessThan(COLD_START_MILLIS);
        assertThat(view.source()).isEqualTo(ViewSource.DISK);
        assertThat(view.age()).as("age told by %s", view).isGreaterThan(ALL_DEAD);
        fresh.start();
    }

    /** The same as a program of its own, cold as it is. Other work on the machine only adds to the time: the best of three counts. */
    private static void coldStartOfAProgram(ClientTrial trial) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < PROGRAMS && best >= COLD_START_MILLIS; i++) {
            best = Math.min(best, millisToKnow(trial));
        }
        trial.recorder().millis("from the start of a program until it knew a service, with no node alive", best);
        assertThat(best).as("milliseconds until a program knew the service").isLessThan(COLD_START_MILLIS);
    }

    private static long millisToKnow(ClientTrial trial) {
        List<String> arguments = new ArrayList<>();
        arguments.add(trial.cacheFolder().toString());
        trial.cluster().nodes().forEach(node -> arguments.add(node.http().toString()));
        Path folder = trial.cacheFolder().resolveSibling("programs");
        try (Program program = Program.start(folder, ColdStart.class, arguments)) {
            String output = program.awaitEnd();
            Matcher matcher = COLD_START.matcher(output);
            assertThat(matcher.find()).as("what it printed: %s", output).isTrue();
            assertThat(Long.parseLong(matcher.group(1)))
                    .as("seconds told")
                    .isGreaterThanOrEqualTo(ALL_DEAD.toSeconds());
            return Long.parseLong(matcher.group(2));
        }
    }

    private static void awaitLive(CallingConsumer consumer) {
        for (String service : ClientTrial.SERVICES) {
            Conditions.await(service + " to be known from the registry again", LIVE_LIMIT, () -> {
                assertThat(consumer.view(service).source()).isIn(ViewSource.WATCH, ViewSource.POLL);
                assertThat(consumer.view(service).age()).isLessThan(ALL_DEAD);
            });
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}

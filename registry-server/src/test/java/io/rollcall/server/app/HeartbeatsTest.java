package io.rollcall.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.app.access.Caller;
import io.rollcall.server.app.access.Gatekeeper;
import io.rollcall.server.config.AclDefault;
import io.rollcall.server.view.AclView;
import io.rollcall.server.view.CatalogView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class HeartbeatsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final InstanceKey KEY = InstanceKey.of("default", "orders", "a");
    private static final BeatResult NOBODY = new BeatResult.Unconfirmed(ErrorCode.NO_LEADER, "nobody leads");
    private static final BeatResult BUSY = new BeatResult.Unconfirmed(ErrorCode.OVERLOADED, "too many");

    private static final Gatekeeper GATEKEEPER =
            new Gatekeeper(new AclView(), AclDefault.ALLOW, () -> true, InstantSource.system());
    private static final Caller ANYBODY = GATEKEEPER.identify(null);

    private final List<Duration> deadlines = new ArrayList<>();

    private Heartbeats with(BeatResult... results) {
        return new Heartbeats(
                (beats, deadline) -> {
                    deadlines.add(deadline);
                    return CompletableFuture.completedFuture(Arrays.asList(results));
                },
                new CatalogView(),
                new AlwaysCurrent(),
                GATEKEEPER,
                DEADLINE);
    }

    private static BeatResult renewed(long ttlSeconds, long nextSeconds) {
        return new BeatResult.Renewed(Duration.ofSeconds(ttlSeconds), Duration.ofSeconds(nextSeconds));
    }

    private static Heartbeats.Renewal one(Heartbeats heartbeats, Long incarnation) {
        return heartbeats.renew(new Beat(KEY, incarnation), ANYBODY).join();
    }

    private static BeatTally all(Heartbeats heartbeats, int beats) {
        var list = new ArrayList<Beat>();
        for (var i = 0; i < beats; i++) {
            list.add(new Beat(InstanceKey.of("default", "orders", "i" + i), null));
        }
        return heartbeats.renewAll(list, ANYBODY).join();
    }

    @Test
    void renewedLeaseIsToldWithItsPace() {
        var renewal = one(with(renewed(30, 10)), null);

        assertThat(renewal.problem()).isNull();
        assertThat(renewal.renewed()).isEqualTo(renewed(30, 10));
        assertThat(deadlines).containsExactly(DEADLINE);
    }

    @Test
    void unknownInstanceIsToRegisterAnew() {
        Problem problem = one(with(new BeatResult.Unknown()), null).problem();

        assertThat(problem.code()).isEqualTo(ErrorCode.INSTANCE_NOT_FOUND);
        assertThat(problem.members()).containsEntry("action", "reregister");
    }

    @Test
    void staleBeatIsToldTheIncarnationThatIsThere() {
        Problem problem = one(with(new BeatResult.Stale(42)), 7L).problem();

        assertThat(problem.code()).isEqualTo(ErrorCode.STALE_INCARNATION);
        assertThat(problem.members())
                .containsEntry("incarnation", 42L)
                .containsEntry("given", 7L)
                .containsEntry("action", "stop");
    }

    @Test
    void unconfirmedBeatMayBeRepeated() {
        Problem problem = one(with(BUSY), null).problem();

        assertThat(problem.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(problem.members()).containsEntry("retryAfter", 1);
    }

    @Test
    void tallyHoldsTheShortestLeaseAndTheFirstNextBeat() {
        var tally = all(with(renewed(30, 10), renewed(0, 0), renewed(60, 9), renewed(90, 30)), 4);

        assertThat(tally.renewed()).isEqualTo(4);
        assertThat(tally.ttl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(tally.next()).isEqualTo(Duration.ofSeconds(9));
        assertThat(tally.failed()).isEmpty();
        assertThat(tally.problem()).isNull();
    }

    @Test
    void leasesThatNeverEndNeedNoNextBeat() {
        var tally = all(with(renewed(0, 0), renewed(0, 0)), 2);

        assertThat(tally.ttl()).isEqualTo(Duration.ZERO);
        assertThat(tally.next()).isEqualTo(Duration.ZERO);
    }

    @Test
    void failuresKeepTheirOrderAndSayWhatToDo() {
        var tally = all(with(new BeatResult.Stale(9), renewed(30, 10), new BeatResult.Unknown(), NOBODY), 4);

        assertThat(tally.renewed()).isEqualTo(1);
        assertThat(tally.problem()).isNull();
        assertThat(tally.failed())
                .extracting(failed -> failed.key().id() + " " + failed.code().wireName() + " " + failed.action() + " "
                        + failed.incarnation())
                .containsExactly(
                        "i0 stale-incarnation stop 9",
                        "i2 instance-not-found reregister null",
                        "i3 no-leader retry null");
    }

    @Test
    void batchThatNobodyConfirmedIsAProblemAsAWhole() {
        var tally = all(with(BUSY, NOBODY), 2);

        assertThat(tally.problem().code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(tally.problem().members()).containsEntry("retryAfter", 1);
        assertThat(tally.ttl()).isNull();
        assertThat(tally.next()).isNull();
    }

    @Test
    void batchOfWhichSomethingIsCertainIsNoProblem() {
        var tally = all(with(NOBODY, new BeatResult.Unknown()), 2);

        assertThat(tally.problem()).isNull();
        assertThat(tally.failed()).hasSize(2);
    }
}

package io.rollcall.server.security.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.error.Problem;
import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.app.access.AuditEvent;
import io.rollcall.server.app.access.AuditTrail;
import io.rollcall.server.app.access.Doorkeeper.Lane;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitsTest implements AuditTrail {

    private static final String CALLER = "10.0.0.9";

    private final AtomicLong now = new AtomicLong(TimeUnit.DAYS.toNanos(3));
    private boolean isAuditGone;

    @Override
    public void record(AuditEvent event) {
        throw new AssertionError("a limit writes nothing down");
    }

    @Override
    public boolean refusesWrites() {
        return isAuditGone;
    }

    private Limits limits(String... settings) {
        var texts = new java.util.HashMap<String, String>();
        for (var setting : settings) {
            var parts = setting.split("=", 2);
            texts.put("limit." + parts[0], parts[1]);
        }
        var parsed = ServerSettings.load(texts, Map.of()).limits();
        var bus = new CommandBus() {
            @Override
            public CompletableFuture<SubmitOutcome> submit(Command command, Duration deadline) {
                throw new AssertionError("nothing is submitted");
            }

            @Override
            public CommandResult preview(Command command) {
                throw new AssertionError("nothing is tried");
            }
        };
        return new Limits(parsed, new WriteLane(bus, parsed, now::get), this, now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static String code(Problem problem) {
        return problem == null ? "let in" : problem.code().wireName();
    }

    // ---- wrong tokens

    @Test
    void whoShowsTooManyWrongTokensIsNotLookedAtForAWhile() {
        var limits = limits("failed-logins-per-minute=30");
        for (var i = 0; i < 30; i++) {
            assertThat(code(limits.enter(Lane.READ, CALLER, true))).isEqualTo("let in");
            limits.loginFailed(CALLER);
        }

        for (var lane : Lane.values()) {
            var refused = limits.enter(lane, CALLER, true);
            assertThat(code(refused)).as(lane.name()).isEqualTo("rate-limited");
            assertThat(refused.members().get("retryAfter")).isInstanceOf(Long.class);
            assertThat((Long) refused.members().get("retryAfter")).isBetween(1L, 6L);
        }
        // He guesses on at the pace that was set, and no faster.
        pass(Duration.ofSeconds(2));
        assertThat(code(limits.enter(Lane.READ, CALLER, true))).isEqualTo("let in");
        limits.loginFailed(CALLER);
        assertThat(code(limits.enter(Lane.READ, CALLER, true))).isEqualTo("rate-limited");
        pass(Duration.ofMinutes(1));
        assertThat(code(limits.enter(Lane.READ, CALLER, true))).isEqualTo("let in");
    }

    @Test
    void wrongTokensAreNobodyElsesMatter() {
        var limits = limits("failed-logins-per-minute=1");
        limits.loginFailed(CALLER);
        limits.loginFailed("127.0.0.1");
        limits.loginFailed("[0:0:0:0:0:0:0:1]");

        assertThat(code(limits.enter(Lane.READ, CALLER, true))).isEqualTo("rate-limited");
        // Whoever shows no token guesses none.
        assertThat(code(limits.enter(Lane.READ, CALLER, false))).isEqualTo("let in");
        assertThat(code(limits.enter(Lane.READ, "10.0.0.10", true))).isEqualTo("let in");
        assertThat(code(limits.enter(Lane.READ, "127.0.0.1", true))).isEqualTo("let in");
        assertThat(code(limits.enter(Lane.READ, "[0:0:0:0:0:0:0:1]", true))).isEqualTo("let in");
    }

    @Test
    void oneHostHasOneBucketHoweverManyAddressesItHas() {
        var limits = limits("failed-logins-per-minute=2");
        limits.loginFailed("[2001:db8:0:1:0:0:0:1]");
        limits.loginFailed("[2001:db8:0:1:ffff:0:0:2]");

        assertThat(code(limits.enter(Lane.READ, "[2001:db8:0:1:0:0:0:3]", true)))
                .isEqualTo("rate-limited");
        assertThat(code(limits.enter(Lane.READ, "[2001:db8:0:2:0:0:0:1]", true)))
                .isEqualTo("let in");
    }

    @Test
    void zeroAsksForNoLimitAndLoopbackCanBeLimited() {
        var unlimited = limits("failed-logins-per-minute=0", "requests-per-second=0");
        for (var i = 0; i < 1_000; i++) {
            unlimited.loginFailed(CALLER);
            assertThat(code(unlimited.enter(Lane.READ, CALLER, true))).isEqualTo("let in");
        }
        var behindProxy = limits("loopback=true", "failed-logins-per-minute=1");
        behindProxy.loginFailed("127.0.0.1");
        assertThat(code(behindProxy.enter(Lane.READ, "127.0.0.1", true))).isEqualTo("rate-limited");
    }

    // ---- rates

    @Test
    void anAddressMayAskSoOftenAndBeatsHaveARateOfTheirOwn() {
        var limits = limits("requests-per-second=10", "heartbeats-per-second=5");
        for (var i = 0; i < 20; i++) {
            assertThat(code(limits.enter(i % 2 == 0 ? Lane.READ : Lane.WRITE, CALLER, false)))
                    .isEqualTo("let in");
        }

        assertThat(code(limits.enter(Lane.READ, CALLER, false))).isEqualTo("rate-limited");
        assertThat(code(limits.enter(Lane.WRITE, CALLER, false))).isEqualTo("rate-limited");
        assertThat(code(limits.enter(Lane.READ, "10.0.0.10", false))).isEqualTo("let in");
        for (var i = 0; i < 10; i++) {
            assertThat(code(limits.enter(Lane.BEAT, CALLER, false))).isEqualTo("let in");
        }
        assertThat(code(limits.enter(Lane.BEAT, CALLER, false))).isEqualTo("rate-limited");
        pass(Duration.ofMillis(100));
        assertThat(code(limits.enter(Lane.READ, CALLER, false))).isEqualTo("let in");
        assertThat(code(limits.enter(Lane.READ, CALLER, false))).isEqualTo("rate-limited");
    }

    @Test
    void aTokenMayBeUsedSoOftenWhereverItIsShown() {
        var limits = limits("token-requests-per-second=5", "heartbeats-per-second=2");
        for (var i = 0; i < 10; i++) {
            assertThat(code(limits.spend(Lane.READ, "t-1", "10.0.0." + i))).isEqualTo("let in");
        }

        assertThat(code(limits.spend(Lane.WRITE, "t-1", "10.0.0.77"))).isEqualTo("rate-limited");
        assertThat(code(limits.spend(Lane.WRITE, "t-2", "10.0.0.77"))).isEqualTo("let in");
        for (var i = 0; i < 4; i++) {
            assertThat(code(limits.spend(Lane.BEAT, "t-1", CALLER))).isEqualTo("let in");
        }
        assertThat(code(limits.spend(Lane.BEAT, "t-1", CALLER))).isEqualTo("rate-limited");
        assertThat(code(limits.spend(Lane.WRITE, "t-1", "127.0.0.1"))).isEqualTo("let in");
        pass(Duration.ofMillis(200));
        assertThat(code(limits.spend(Lane.WRITE, "t-1", CALLER))).isEqualTo("let in");
    }

    @Test
    void anAddressHasSoManyConnectionsAndStreams() {
        var limits = limits("connections-per-address=7", "watches-per-address=3");

        assertThat(limits.maxConnections(CALLER)).isEqualTo(7);
        assertThat(limits.maxWatches(CALLER)).isEqualTo(3);
        assertThat(limits.maxConnections("127.0.0.1")).isEqualTo(Integer.MAX_VALUE);
        assertThat(limits.maxWatches("127.0.0.1")).isEqualTo(Integer.MAX_VALUE);
    }

    // ---- the audit log

    @ParameterizedTest
    @ValueSource(strings = {CALLER, "127.0.0.1"})
    void writesAloneAreRefusedWhereNobodyCouldWriteThemDown(String address) {
        var limits = limits();
        isAuditGone = true;

        var refused = limits.enter(Lane.WRITE, address, true);

        assertThat(code(refused)).isEqualTo("audit-unavailable");
        assertThat(refused.code().status()).isEqualTo(503);
        assertThat(refused.members()).containsKey("retryAfter");
        assertThat(code(limits.enter(Lane.READ, address, true))).isEqualTo("let in");
        assertThat(code(limits.enter(Lane.BEAT, address, true))).isEqualTo("let in");
        isAuditGone = false;
        assertThat(code(limits.enter(Lane.WRITE, address, true))).isEqualTo("let in");
    }
}

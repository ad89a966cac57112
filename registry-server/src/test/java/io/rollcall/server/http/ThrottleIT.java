package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.app.access.AuditTrail;
import io.rollcall.server.config.AclDefault;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.http.HttpNode.Reply;
import io.rollcall.server.security.limit.Limits;
import io.rollcall.server.security.limit.WriteLane;
import io.rollcall.server.view.TestAcl;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of a node at its door, for callers on its own machine as for others. Their clock stands still. */
final class ThrottleIT {

    private static final String SERVICES = "/api/v1/services";

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong();
    private HttpNode node;

    @BeforeEach
    void start() {
        var settings = new HashMap<>(Map.of("limit.loopback", "true"));
        settings.put("limit.failed-logins-per-minute", "3");
        settings.put("limit.token-requests-per-second", "2");
        var limits = ServerSettings.load(settings, Map.of()).limits();
        var bus = new CommandBus() {
            @Override
            public CompletableFuture<SubmitOutcome> submit(Command command, Duration deadline) {
                throw new AssertionError("nothing goes this way");
            }

            @Override
            public CommandResult preview(Command command) {
                throw new AssertionError("nothing goes this way");
            }
        };
        var doorkeeper = new Limits(limits, new WriteLane(bus, limits, now::get), AuditTrail.NONE, now::get);
        node = new HttpNode(folder, AclDefault.DENY, doorkeeper, AuditTrail.NONE, limits);
        new TestAcl(node.acl).token("one", "service:read *").token("two", "service:read *");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Reply get(String authorization) {
        return node.get(SERVICES, "Authorization", authorization);
    }

    @Test
    void wrongTokensAreThrottledWhicheverWayTheyCome() {
        assertProblem(get("Bearer one.wrong"), 401, "unauthenticated");
        assertProblem(get("Bearer a.b.c"), 401, "unauthenticated");
        // A plain beat does not go by the routes.
        var beat = node.put(SERVICES + "/orders/instances/a/heartbeat", null, "Authorization", "Bearer nobody.wrong");
        assertProblem(beat, 401, "unauthenticated");

        // They are counted once they are answered.
        await().untilAsserted(() -> {
            var refused = get(TestAcl.bearer("one"));
            assertProblem(refused, 429, "rate-limited");
            assertThat(refused.json().path("detail").asText()).startsWith("this address showed too many wrong tokens");
            assertThat(refused.header("Retry-After")).isNotNull();
        });
        assertProblem(node.get("/api/v1/watch", "Authorization", "Bearer one.wrong"), 429, "rate-limited");
        // Who shows none guesses none.
        assertProblem(node.get(SERVICES), 401, "unauthenticated");
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(get(TestAcl.bearer("one")).status()).isEqualTo(200);
    }

    @Test
    void aTokenHasARateOfItsOwn() {
        for (var i = 0; i < 4; i++) {
            assertThat(get(TestAcl.bearer("one")).status()).isEqualTo(200);
        }

        var refused = get(TestAcl.bearer("one"));

        assertProblem(refused, 429, "rate-limited");
        assertThat(refused.json().path("detail").asText()).startsWith("this token is used more than it may");
        // Its secret was right, so that nobody else can use its rate up.
        assertThat(get(TestAcl.bearer("two")).status()).isEqualTo(200);
        now.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(get(TestAcl.bearer("one")).status()).isEqualTo(200);
    }
}

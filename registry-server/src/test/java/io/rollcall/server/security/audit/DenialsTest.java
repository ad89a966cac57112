package io.rollcall.server.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.server.app.access.AuditEvent;
import io.rollcall.server.security.audit.FoldedDenials.Spread;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DenialsTest {

    private final AtomicLong now = new AtomicLong(-7);
    private final Denials denials = new Denials(Duration.ofMinutes(1), now::get);

    private static AuditEvent of(String who, String token, String source, String operation, String name, int status) {
        return new AuditEvent(
                Instant.EPOCH,
                who,
                token,
                operation,
                Map.of("name", name),
                false,
                status,
                "code",
                0,
                source,
                "0123456789abcdef0123456789abcdef");
    }

    private static AuditEvent nobody(String source, String operation) {
        return of(null, null, source, operation, "orders", 401);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void whatWasDoneAndWhatFailedIsNoDenial() {
        for (var status : new int[] {200, 201, 204, 400, 404, 409, 503}) {
            for (var i = 0; i < 3; i++) {
                assertThat(denials.folds(of(null, null, "10.0.0.1", "PUT /a", "orders", status)))
                        .isFalse();
            }
        }
    }

    @Test
    void theFirstIsWrittenAndTheRestCountedAsLongAsItGoesOn() {
        assertThat(denials.folds(nobody("10.0.0.1", "GET /a"))).isFalse();
        for (var i = 0; i < 9; i++) {
            assertThat(denials.folds(nobody("10.0.0.1", "GET /a"))).isTrue();
        }
        pass(Duration.ofSeconds(59));
        assertThat(denials.due()).isEmpty();
        pass(Duration.ofSeconds(1));

        var first = denials.due();
        assertThat(first).hasSize(1);
        assertThat(first.get(0).count()).isEqualTo(9);
        assertThat(first.get(0).spread()).isEqualTo(Spread.ALIKE);
        // It goes on: no line of its own again.
        assertThat(denials.folds(nobody("10.0.0.1", "GET /a"))).isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(denials.due())
                .singleElement()
                .extracting(FoldedDenials::count)
                .isEqualTo(1L);
        // It ended: the next one is a first one.
        pass(Duration.ofMinutes(1));
        assertThat(denials.due()).isEmpty();
        assertThat(denials.folds(nobody("10.0.0.1", "GET /a"))).isFalse();
    }

    @Test
    void anAddressIsOneHostAndOthersAreOthers() {
        assertThat(denials.folds(nobody("[2001:db8:0:1:0:0:0:1]", "GET /a"))).isFalse();
        assertThat(denials.folds(nobody("[2001:db8:0:1:0:0:0:2]", "GET /a"))).isTrue();
        assertThat(denials.folds(nobody("[2001:db8:0:2:0:0:0:1]", "GET /a"))).isFalse();
        assertThat(denials.folds(nobody("10.0.0.1", "GET /a"))).isFalse();
        assertThat(denials.folds(nobody("10.0.0.2", "GET /a"))).isFalse();
    }

    @Test
    void whoAsksForManyThingsHasTheRestCountedTogether() {
        var written = 0;
        for (var i = 0; i < 100; i++) {
            written += denials.folds(nobody("10.0.0.1", "GET /" + i)) ? 0 : 1;
        }
        pass(Duration.ofMinutes(1));

        assertThat(written).isEqualTo(8);
        var due = denials.due();
        assertThat(due).hasSize(1);
        assertThat(due.get(0).spread()).isEqualTo(Spread.OF_ONE_CALLER);
        assertThat(due.get(0).operation()).isNull();
        assertThat(due.get(0).count()).isEqualTo(92);
        assertThat(due.get(0).like().source()).isEqualTo("10.0.0.1");
    }

    @Test
    void howeverManySendThemTheLinesAreBounded() {
        var lines = 0L;
        var counted = 0L;
        var sent = 0L;
        for (var minute = 0; minute < 10; minute++) {
            for (var address = 0; address < 5_000; address++) {
                sent++;
                var source = "10." + minute + "." + address / 250 + "." + address % 250;
                lines += denials.folds(nobody(source, "GET /" + address % 50)) ? 0 : 1;
            }
            pass(Duration.ofMinutes(1));
            for (var folded : denials.due()) {
                lines++;
                counted += folded.count();
            }
        }

        assertThat(lines).isLessThan(10 * 300);
        assertThat(counted).isGreaterThan(sent - lines - 1).isLessThanOrEqualTo(sent);
    }

    @Test
    void whoIsKnownIsToldByWhatHeWanted() {
        for (var name : new String[] {"a", "b", "c"}) {
            assertThat(denials.folds(of("deployer", "t-1", "10.0.0.1", "GET /x", name, 403)))
                    .isFalse();
            // From anywhere: it is he who is told.
            assertThat(denials.folds(of("deployer", "t-1", "10.0.0.2", "GET /x", name, 403)))
                    .isTrue();
        }
        // Whoever he is with the token of those who have none.
        assertThat(denials.folds(of("guests", "anonymous", "10.0.0.1", "GET /x", "a", 403)))
                .isFalse();
        assertThat(denials.folds(of("guests", "anonymous", "10.0.0.1", "GET /x", "b", 403)))
                .isTrue();
    }

    @Test
    void aFloodOfNobodysHidesNoneOfThoseWhoAreKnown() {
        for (var i = 0; i < 10_000; i++) {
            denials.folds(nobody("10.0." + i / 250 + "." + i % 250, "GET /a"));
        }

        assertThat(denials.folds(of("deployer", "t-1", "10.0.0.1", "GET /x", "a", 403)))
                .isFalse();
    }

    @Test
    void atTheEndAllIsToldAndZeroFoldsNothing() {
        denials.folds(nobody("10.0.0.1", "GET /a"));
        denials.folds(nobody("10.0.0.1", "GET /a"));
        assertThat(denials.all())
                .singleElement()
                .extracting(FoldedDenials::count)
                .isEqualTo(1L);
        assertThat(denials.all()).isEmpty();

        var off = new Denials(Duration.ZERO, now::get);
        for (var i = 0; i < 3; i++) {
            assertThat(off.folds(nobody("10.0.0.1", "GET /a"))).isFalse();
        }
        pass(Duration.ofNanos(TimeUnit.HOURS.toNanos(1)));
        assertThat(off.due()).isEmpty();
    }
}

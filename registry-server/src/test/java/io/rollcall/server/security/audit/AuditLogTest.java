package io.rollcall.server.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.api.audit.AuditFiles;
import io.rollcall.api.audit.AuditVerification;
import io.rollcall.api.audit.AuditVerification.Found;
import io.rollcall.api.http.Json;
import io.rollcall.server.app.access.AuditEvent;
import io.rollcall.server.config.AuditSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private static AuditSettings settings(long fileBytes, int files) {
        return new AuditSettings(true, false, false, fileBytes, files, 10_000, Duration.ofMinutes(1), Duration.ZERO);
    }

    private static AuditEvent event(int number, String service, int status) {
        return event("deployer", number, service, status);
    }

    static AuditEvent event(String who, int number, String service, int status) {
        return new AuditEvent(
                Instant.EPOCH,
                who,
                who == null ? null : "t-1",
                "PUT /api/v1/services/{name}/instances/{id}",
                Map.of("namespace", "default", "name", service, "id", "i-" + number),
                false,
                status,
                status < 400 ? null : "permission-denied",
                number,
                "10.0.0.1",
                "0123456789abcdef0123456789abcdef");
    }

    private AuditLog open(AuditSettings settings) throws IOException {
        return AuditLog.open(folder, "n1", settings);
    }

    private Found verify() throws IOException {
        return AuditVerification.verify(AuditFiles.in(folder), null);
    }

    private void write(AuditSettings settings, int from, int count) throws IOException {
        try (var log = open(settings)) {
            for (var i = from; i < from + count; i++) {
                log.record(event(i, "orders", 201));
            }
        }
    }

    @Test
    void eventsStandInOrderEachWithWhoWhatAndWhere() throws IOException {
        try (var log = open(settings(1 << 20, 4))) {
            log.record(event(7, "orders", 201));
            log.record(event(8, "orders", 403));
        }

        var lines = Files.readAllLines(folder.resolve(AuditFiles.name(1)));
        assertThat(lines).hasSize(3);
        var allowed = Json.mapper().readTree(lines.get(1));
        assertThat(allowed.path("kind").asText()).isEqualTo("event");
        assertThat(allowed.path("who").asText()).isEqualTo("deployer");
        assertThat(allowed.path("token").asText()).isEqualTo("t-1");
        assertThat(allowed.path("target").path("id").asText()).isEqualTo("i-7");
        assertThat(allowed.path("result").asText()).isEqualTo("allowed");
        assertThat(allowed.path("index").asLong()).isEqualTo(7);
        assertThat(allowed.path("source").asText()).isEqualTo("10.0.0.1");
        assertThat(Json.mapper().readTree(lines.get(2)).path("result").asText()).isEqualTo("denied");
        assertThat(verify().broken()).isNull();
    }

    @Test
    void theChainGoesOnOverStartsAndFilesAndTheOldestFilesGo() throws IOException {
        var settings = settings(64 * 1024, 3);
        for (var start = 0; start < 4; start++) {
            write(settings, start * 300, 300);
        }

        var files = AuditFiles.in(folder);
        assertThat(files).hasSize(3);
        assertThat(AuditFiles.number(files.get(0))).isGreaterThan(1);
        var found = verify();
        assertThat(found.broken()).isNull();
        assertThat(found.firstSequence()).isGreaterThan(1);
        // Each event, and a header each file.
        assertThat(found.lastSequence()).isEqualTo(1_200L + AuditFiles.number(files.get(2)));
    }

    @Test
    void aBrokenOffLineIsLeftAndFollowedByAnotherFile() throws IOException {
        write(settings(1 << 20, 4), 0, 3);
        var file = folder.resolve(AuditFiles.name(1));
        Files.writeString(file, Files.readString(file) + "{\"prev\":\"ab");

        write(settings(1 << 20, 4), 3, 3);

        var found = verify();
        assertThat(found.broken()).isNull();
        assertThat(found.lines()).isEqualTo(8);
        assertThat(Files.readString(file)).endsWith("{\"prev\":\"ab");
    }

    @Test
    void aFileThatWasMadeAndNotBegunIsMadeAnew() throws IOException {
        write(settings(1 << 20, 4), 0, 3);
        Files.createFile(folder.resolve(AuditFiles.name(2)));

        write(settings(1 << 20, 4), 3, 3);

        assertThat(verify().broken()).isNull();
        assertThat(verify().lines()).isEqualTo(7);
    }

    @Test
    void namesThatForgeLinesStayInTheirs() throws IOException {
        try (var log = open(settings(1 << 20, 4))) {
            log.record(event(1, "orders\"}\n{\"kind\":\"event\",\"who\":\"nobody\"}\r\u001b[2J", 400));
        }

        assertThat(Files.readAllLines(folder.resolve(AuditFiles.name(1)))).hasSize(2);
        assertThat(verify().broken()).isNull();
    }

    @Test
    void whatDoesNotFitIntoTheQueueIsCounted() throws IOException {
        var events = 50_000;
        try (var log =
                open(new AuditSettings(true, false, false, 64 << 20, 4, 16, Duration.ofMinutes(1), Duration.ZERO))) {
            for (var i = 1; i <= events; i++) {
                log.record(event(i, "orders", 201));
            }
        }

        var found = verify();
        assertThat(found.broken()).isNull();
        var lines = Files.readAllLines(folder.resolve(AuditFiles.name(1)));
        var written = lines.stream()
                .filter(line -> line.contains("\"kind\":\"event\""))
                .count();
        assertThat(written + found.gaps()).isEqualTo(events);
    }

    @Test
    void aFloodOfDenialsPushesNothingOut() throws IOException {
        var flood = 200_000;
        // What would take several times as many files as are kept.
        try (var log = open(settings(64 * 1024, 2))) {
            log.record(event(1, "orders", 201));
            for (var i = 0; i < flood; i++) {
                log.record(event(null, i, "s-" + i, 401));
            }
            log.record(event(2, "orders", 201));
        }

        var lines = Files.readAllLines(folder.resolve(AuditFiles.name(1)));
        assertThat(AuditFiles.in(folder)).hasSize(1);
        // Its header, the two, the first denial, and how many followed.
        assertThat(lines).hasSize(5);
        assertThat(lines.get(1)).contains("\"id\":\"i-1\"");
        var folded = Json.mapper().readTree(lines.get(4));
        assertThat(folded.path("kind").asText()).isEqualTo("denials");
        assertThat(folded.path("count").asLong()).isEqualTo(flood - 1);
        assertThat(folded.path("who").asText()).isEqualTo("anonymous");
        assertThat(folded.path("source").asText()).isEqualTo("10.0.0.1");
        assertThat(folded.path("status").asInt()).isEqualTo(401);
        assertThat(folded.path("operation").asText()).startsWith("PUT /api/v1/services/");
        assertThat(folded.path("result").asText()).isEqualTo("denied");
        assertThat(verify().broken()).isNull();
        assertThat(verify().gaps()).isZero();
    }

    @Test
    void countsAreWrittenDownOnceAnIntervalWhileTheFloodGoesOn() throws IOException {
        var settings = new AuditSettings(true, false, false, 1 << 20, 4, 1_000, Duration.ofMillis(300), Duration.ZERO);
        try (var log = open(settings)) {
            await().atMost(LIMIT).until(() -> {
                log.record(event(null, 1, "orders", 401));
                return Files.readString(folder.resolve(AuditFiles.name(1))).split("\"kind\":\"denials\"", -1).length
                        > 3;
            });
        }
        assertThat(verify().broken()).isNull();
    }

    @Test
    void whatCannotBeWrittenIsToldAndRecovers() throws IOException {
        var settings = new AuditSettings(true, false, true, 64 * 1024, 4, 1_000, Duration.ofMinutes(1), Duration.ZERO);
        try (var log = open(settings)) {
            log.record(event(1, "orders", 201));
            // The next file cannot be made while something else has its name.
            var blocked = Files.createDirectory(folder.resolve(AuditFiles.name(2)));
            var keep = Files.createFile(blocked.resolve("keep"));
            await().atMost(LIMIT).until(() -> {
                for (var i = 0; i < 100; i++) {
                    log.record(event(2, "orders", 201));
                }
                return log.refusesWrites();
            });
            Files.delete(keep);
            Files.delete(blocked);
            await().atMost(LIMIT).until(() -> !log.refusesWrites());
            log.record(event(3, "orders", 201));
        }

        var found = verify();
        assertThat(found.broken()).isNull();
        assertThat(found.gaps()).isPositive();
    }
}

package io.rollcall.client.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.Violation;
import io.rollcall.client.Outcome;
import io.rollcall.client.answer.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ExceptionTableTest {

    @Test
    void eachStableCodeHasAClassOfItsOwnInTheFamilyOfItsStatus() {
        Set<Class<?>> classes = new HashSet<>();

        for (ErrorCode code : ErrorCode.values()) {
            RefusedException exception = refused(code.wireName(), code.status());
            RefusedException newer = refused("newer-than-this", code.status());

            assertThat(exception.getClass()).as(code.wireName()).isNotEqualTo(newer.getClass());
            assertThat(exception).as(code.wireName()).isInstanceOf(newer.getClass());
            assertThat(classes.add(exception.getClass())).as(code.wireName()).isTrue();
            assertThat(exception).hasMessage(code.wireName() + ": why");
            assertThat(exception.code()).isEqualTo(code.wireName());
            assertThat(exception.status()).isEqualTo(code.status());
        }
    }

    @Test
    void whatThisVersionDoesNotKnowIsToldByItsStatus() {
        assertThat(refused("newer", 401)).isExactlyInstanceOf(AccessRefusedException.class);
        assertThat(refused("newer", 404)).isExactlyInstanceOf(NotFoundException.class);
        assertThat(refused("newer", 412)).isExactlyInstanceOf(ConflictException.class);
        assertThat(refused("newer", 418)).isExactlyInstanceOf(RequestRefusedException.class);
        assertThat(refused("http-502", 502)).isExactlyInstanceOf(UnavailableException.class);
        assertThat(refused("http-302", 302)).isExactlyInstanceOf(RefusedException.class);
    }

    @Test
    void outcomesThrowWhatTheyAre() {
        Outcome<String> refused = new Outcome.Refused<>(refusal("no-leader", 503));

        assertThatThrownBy(refused::orThrow).isInstanceOf(NoLeaderException.class);
        assertThatThrownBy(() -> new Outcome.Unanswered<>("nobody").orThrow())
                .isInstanceOf(UnansweredException.class)
                .hasMessage("nobody");
        assertThatThrownBy(() -> new Outcome.Unknown<>("lost", "r-1").orThrow())
                .isInstanceOfSatisfying(
                        OutcomeUnknownException.class,
                        unknown -> assertThat(unknown.requestId()).isEqualTo("r-1"));
    }

    @Test
    void takenIdNamesItsHolder() throws Exception {
        var holder = "\"holder\":{\"name\":\"orders\",\"id\":\"o-1\",\"host\":\"10.0.0.1\",\"port\":8080,"
                + "\"incarnation\":7,\"registrationTime\":\"2026-01-01T00:00:00Z\"}";
        var expected = new InstanceHolder("orders", "o-1", "10.0.0.1", 8080, 7, Instant.parse("2026-01-01T00:00:00Z"));

        assertThat(read("instance-already-exists", 409, holder))
                .isInstanceOfSatisfying(
                        InstanceAlreadyExistsException.class,
                        taken -> assertThat(taken.holder()).contains(expected));
        assertThat(read("instance-address-conflict", 409, holder))
                .isInstanceOfSatisfying(
                        InstanceAddressConflictException.class,
                        taken -> assertThat(taken.holder()).contains(expected));
    }

    @Test
    void badRequestNamesEachField() throws Exception {
        var invalid = (RequestInvalidException) read(
                "invalid-request",
                400,
                "\"errors\":[{\"field\":\"ttl\",\"message\":\"is below 1s\",\"limit\":\"1s\"},"
                        + "{\"field\":\"filter\",\"message\":\"is cut short\",\"position\":7}]");

        assertThat(invalid.violations())
                .containsExactly(
                        new Violation("ttl", "is below 1s", "1s"), new Violation("filter", "is cut short", null, 7));
        assertThat(((RequestInvalidException) refused("invalid-request", 400)).violations())
                .isEmpty();
    }

    @Test
    void atomicBatchTellsWhatWouldHaveBecomeOfEachItem() throws Exception {
        var batch = (BatchRefusedException) read(
                "batch-refused",
                409,
                "\"results\":[{\"name\":\"orders\",\"id\":\"o-1\",\"status\":409,"
                        + "\"problem\":{\"code\":\"instance-address-conflict\",\"detail\":\"held\"}}]");

        assertThat(batch.result().orElseThrow().refused())
                .singleElement()
                .satisfies(item -> assertThat(item.refusal().is(ErrorCode.INSTANCE_ADDRESS_CONFLICT))
                        .isTrue());
    }

    @Test
    void membersAreFieldsOfTheirExceptions() throws Exception {
        assertThat(((StaleIncarnationException)
                                read("stale-incarnation", 410, "\"incarnation\":9,\"given\":7,\"action\":\"stop\""))
                        .incarnation())
                .hasValue(9);
        assertThat(((PermissionDeniedException) read("permission-denied", 403, "\"permission\":\"service:write\""))
                        .permission())
                .contains("service:write");
        assertThat(((InstanceNotFoundException) read("instance-not-found", 404, "\"action\":\"reregister\"")).action())
                .contains("reregister");
        assertThat(((TooLargeException) read("too-large", 413, "\"limit\":1048576")).limit())
                .hasValue(1_048_576);
        assertThat(((PreconditionFailedException) read("precondition-failed", 412, "\"modifyIndex\":4")).modifyIndex())
                .hasValue(4);
        assertThat(read("no-leader", 503, "\"traceId\":\"abc\"").traceId()).contains("abc");
        assertThat(refused("no-leader", 503).traceId()).isEmpty();
    }

    @Test
    void waitIsReadWhereItIsOne() throws Exception {
        assertThat(((RateLimitedException) read("rate-limited", 429, "\"retryAfter\":3")).retryAfter())
                .contains(Duration.ofSeconds(3));
        assertThat(((NotReadyException) read("not-ready", 503, "\"retryAfter\":\"soon\"")).retryAfter())
                .isEmpty();
        assertThat(((UnavailableException) read("newer", 503, "\"retryAfter\":99999999999")).retryAfter())
                .contains(Duration.ofDays(1));
    }

    private static RefusedException refused(String code, int status) {
        return RefusedException.of(refusal(code, status));
    }

    private static Refusal refusal(String code, int status) {
        return new Refusal(status, code, "why", Map.of());
    }

    private static RefusedException read(String code, int status, String members) throws Exception {
        JsonNode problem = Json.mapper()
                .readTree("{\"code\":\"" + code + "\",\"detail\":\"why\",\"status\":" + status + "," + members + "}");
        return RefusedException.of(Refusal.read(status, problem, ""));
    }
}

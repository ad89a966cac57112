package io.rollcall.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ErrorCodeTest {

    /** Clients of any age branch on these: a line may be added, never changed. */
    private static final String GOLDEN = """
            400 invalid-request NEVER
            401 unauthenticated NEVER
            403 permission-denied NEVER
            403 not-owner NEVER
            403 quota-exceeded NEVER
            404 not-found NEVER
            404 instance-not-found NEVER
            404 subscription-not-found NEVER
            404 config-not-found NEVER
            404 version-not-found NEVER
            404 token-not-found NEVER
            404 policy-not-found NEVER
            405 method-not-allowed NEVER
            408 request-timeout LATER
            409 instance-already-exists NEVER
            409 instance-address-conflict NEVER
            409 confirmation-required NEVER
            409 batch-refused NEVER
            409 policy-built-in NEVER
            410 stale-incarnation NEVER
            412 precondition-failed NEVER
            413 too-large NEVER
            414 uri-too-long NEVER
            415 unsupported-media-type NEVER
            422 idempotency-key-reused NEVER
            429 rate-limited LATER
            431 headers-too-large NEVER
            500 internal-error ELSEWHERE
            503 no-leader ELSEWHERE
            503 not-ready ELSEWHERE
            503 overloaded LATER
            504 outcome-unknown SAME_REQUEST
            """;

    @Test
    void codesStatusesAndAdviceAreStable() {
        assertThat(Arrays.stream(ErrorCode.values())
                        .map(code -> code.status() + " " + code.wireName() + " " + code.retryAdvice()))
                .containsExactlyInAnyOrderElementsOf(GOLDEN.lines().toList());
    }

    @Test
    void everyCodeHasATitleThatTheOthersDoNotHave() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::title))
                .doesNotHaveDuplicates()
                .allMatch(title -> title.matches("[A-Z][A-Za-z -]+"));
    }

    @Test
    void problemKeepsTheOrderOfItsMembers() {
        Problem problem = Problem.of(ErrorCode.TOO_LARGE, "body is over 1 MiB")
                .with("limit", 1_048_576)
                .with("field", "body");

        assertThat(problem.members())
                .containsExactly(Map.entry("limit", 1_048_576), Map.entry("field", (Object) "body"));
        assertThat(problem.code()).isEqualTo(ErrorCode.TOO_LARGE);
    }
}

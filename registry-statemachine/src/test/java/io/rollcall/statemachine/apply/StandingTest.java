package io.rollcall.statemachine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.statemachine.state.Vitals;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every combination of word, lease and check. */
final class StandingTest {

    private static final String SILENCE = "no heartbeat for 3012 ms, the lease is 3s";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # word      | lease  | check    | status      | reason
            none        | held   | none     | passing     | registered without a health check
            none        | held   | not yet  | starting    | waiting for the first health check
            none        | held   | passing  | passing     | health check passed
            none        | held   | warning  | warning     | health check warns: why
            none        | held   | critical | critical    | health check failed: why
            none        | lapsed | none     | critical    | SILENCE
            none        | lapsed | not yet  | critical    | SILENCE
            none        | lapsed | passing  | critical    | SILENCE
            none        | lapsed | warning  | critical    | SILENCE
            none        | lapsed | critical | critical    | SILENCE
            draining    | held   | none     | draining    | said so
            draining    | held   | not yet  | draining    | said so
            draining    | held   | passing  | draining    | said so
            draining    | held   | warning  | draining    | said so
            draining    | held   | critical | critical    | health check failed: why
            draining    | lapsed | none     | critical    | SILENCE
            draining    | lapsed | not yet  | critical    | SILENCE
            draining    | lapsed | passing  | critical    | SILENCE
            draining    | lapsed | warning  | critical    | SILENCE
            draining    | lapsed | critical | critical    | SILENCE
            maintenance | held   | none     | maintenance | said so
            maintenance | held   | not yet  | maintenance | said so
            maintenance | held   | passing  | maintenance | said so
            maintenance | held   | warning  | maintenance | said so
            maintenance | held   | critical | maintenance | said so
            maintenance | lapsed | none     | maintenance | said so
            maintenance | lapsed | not yet  | maintenance | said so
            maintenance | lapsed | passing  | maintenance | said so
            maintenance | lapsed | warning  | maintenance | said so
            maintenance | lapsed | critical | maintenance | said so
            """)
    void theWorstWins(String word, String lease, String check, String status, String reason) {
        boolean lapsed = lease.equals("lapsed");
        Vitals vitals = new Vitals(lapsed, lapsed ? SILENCE : "", checkState(check), "why", false);
        HealthCheck healthCheck = check.equals("none") ? null : HealthCheck.of(CheckType.HTTP, "/health");

        Standing standing = Standing.of(word(word), healthCheck, vitals);

        assertThat(standing)
                .isEqualTo(new Standing(
                        InstanceStatus.parse("status", status), reason.equals("SILENCE") ? SILENCE : reason));
    }

    private static @Nullable OperatorWord word(String name) {
        return name.equals("none") ? null : new OperatorWord(InstanceStatus.parse("word", name), "said so");
    }

    private static @Nullable CheckState checkState(String name) {
        return switch (name) {
            case "passing" -> CheckState.PASSING;
            case "warning" -> CheckState.WARNING;
            case "critical" -> CheckState.CRITICAL;
            default -> null;
        };
    }

    @Test
    void aReasonThatNobodyGaveIsNotAddedTo() {
        HealthCheck check = HealthCheck.of(CheckType.HTTP, "/health");
        OperatorWord word = new OperatorWord(InstanceStatus.DRAINING, "");

        assertThat(Standing.of(null, check, Vitals.FRESH.turned(CheckState.CRITICAL, ""))
                        .reason())
                .isEqualTo("health check failed");
        assertThat(Standing.of(null, check, Vitals.FRESH.turned(CheckState.WARNING, ""))
                        .reason())
                .isEqualTo("health check warns");
        assertThat(Standing.of(word, check, Vitals.FRESH).reason()).isEqualTo("set by an operator");
    }

    @Test
    void doubtIsNoStatus() {
        assertThat(Standing.of(null, null, Vitals.FRESH.suspected(true)))
                .isEqualTo(Standing.of(null, null, Vitals.FRESH));
    }
}
